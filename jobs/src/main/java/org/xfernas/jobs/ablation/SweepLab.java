package org.xfernas.jobs.ablation;

import java.io.Serializable;
import org.xfernas.jobs.search.SpaceSettings;
import org.xfernas.search.optimizer.OptimizerSettings;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.transfer.KnowledgeCache;

/**
 * What the work of a sweep needs. Every executor has one, which its tasks share, so that sources
 * are drawn and fitted once for all arms.
 */
final class SweepLab implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SpaceSettings declared;
  private final SweepTable table;
  private final OptimizerSettings optimizer;

  private transient Shared shared;

  private record Shared(SearchSpace space, KnowledgeCache cache, SweepSources sources) {}

  /**
   * The lab of a sweep.
   *
   * @param declared the space
   * @param table with the results of all architectures
   * @param optimizer settings that hold for every optimizer
   */
  SweepLab(SpaceSettings declared, SweepTable table, OptimizerSettings optimizer) {
    this.declared = declared;
    this.table = table;
    this.optimizer = optimizer;
  }

  private synchronized Shared shared() {
    if (shared == null) {
      SearchSpace space = declared.space();
      KnowledgeCache cache = new KnowledgeCache(table.features()::of);
      shared = new Shared(space, cache, new SweepSources(space, table, optimizer, cache));
    }
    return shared;
  }

  SweepTable table() {
    return table;
  }

  OptimizerSettings optimizer() {
    return optimizer;
  }

  SearchSpace space() {
    return shared().space;
  }

  /** What fits of this executor share. */
  KnowledgeCache cache() {
    return shared().cache;
  }

  SweepSources sources() {
    return shared().sources;
  }
}
