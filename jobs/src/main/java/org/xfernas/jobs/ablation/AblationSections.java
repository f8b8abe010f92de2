package org.xfernas.jobs.ablation;

import org.xfernas.jobs.ablation.AblationSettings.Kind;
import org.xfernas.jobs.config.Checked;
import org.xfernas.jobs.config.Problems;
import org.xfernas.jobs.search.SearchSettings;
import org.xfernas.jobs.table.TablesSettings;
import org.xfernas.search.optimizer.SurrogateType;

/**
 * What the job reads of a configuration.
 *
 * @param ablation the sweep
 * @param search of which the optimizer's settings hold for every optimizer of the sweep
 * @param tables where results are kept
 */
record AblationSections(AblationSettings ablation, SearchSettings search, TablesSettings tables)
    implements Checked {

  @Override
  public void check(Problems problems) {
    if (ablation.kind() != Kind.PREDICTION) {
      SurrogateType.named(search.optimizer().surrogate())
          .ifPresent(surrogate -> checkTransfer(surrogate, problems));
    }
  }

  /** An arm that learns from sources in name only would be compared as if it did. */
  private void checkTransfer(SurrogateType surrogate, Problems problems) {
    for (Arm arm : ablation.grid().arms()) {
      problems.require(
          arm.existsBy(surrogate),
          "ablation.grid.transfer",
          "there is no %s by the surrogate %s; sweep over what it has alone, or leave out xfernas.search.optimizer.surrogate"
              .formatted(arm, surrogate.text()));
    }
  }
}
