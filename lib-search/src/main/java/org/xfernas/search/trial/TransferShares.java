package org.xfernas.search.trial;

import java.util.List;

/**
 * What the sources had to do with a model of the target. The response is f_d = f_u + r_d (XferNAS,
 * section 2 of the method); the shares say how much of the differences that the model sees between
 * candidates comes from each part.
 *
 * @param universal share of the part that is learnt from the sources, f_u, in [0, 1]
 * @param residual share of the part that is the target's own, r_d; the rest to 1
 * @param sources similarity and weight of each source task, in the order of the knowledge
 */
public record TransferShares(double universal, double residual, List<Source> sources) {
  public TransferShares {
    sources = List.copyOf(sources);
  }

  /**
   * How much a search may lean on the sources' order: the universal share, and nothing where the
   * target is known to go against the sources.
   */
  public double trust() {
    double agreement =
        sources.stream().mapToDouble(source -> source.weight() * source.similarity()).sum();
    return agreement < 0 ? 0 : universal;
  }

  /**
   * One source task as the target sees it.
   *
   * @param task its name
   * @param similarity rank agreement with the target, from -1 (reversed) to 1 (the same)
   * @param uncertainty standard error of the similarity
   * @param weight share of the source in the universal part, in [0, 1]; all together at most 1
   */
  public record Source(String task, double similarity, double uncertainty, double weight) {}
}
