package org.xfernas.search.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xfernas.search.surrogate.KernelScales;

/** Every link with the hyperparameters that it is tried with. */
final class Hypotheses {
  private static final double[] FACTORS = {0.5, 1, 2};
  private static final double[] NOISES = {0.02, 0.08, 0.25};
  private static final double FREE_LEVEL = 4;
  private static final double[] RESIDUALS = {0.02, 0.08, 0.3};
  private static final double[] STRETCHES = {0.7, 1, 1.5};

  /** Standard deviation of the target's scores, at least, on the scale of the sources' ones. */
  private static final double LEAST_SPREAD = 0.3;

  private static final List<KernelScales> FREE_SCALES =
      List.of(
          new KernelScales(0.1, 0.2, 0.4, 0.1),
          new KernelScales(0.4, 0.2, 0.1, 0.1),
          new KernelScales(0.2, 0.2, 0.2, 0.1));

  private Hypotheses() {}

  /**
   * The hypotheses about a target.
   *
   * @param sources that it may follow, perhaps none
   * @param means of their processes at the target's observations
   */
  static List<Hypothesis> of(SourceModel sources, double[][] means) {
    List<Hypothesis> hypotheses = new ArrayList<>();
    List<Link> links = Link.all(sources.tasks());
    for (Link link : links) {
      if (link.isNone()) {
        addFree(link, sources, hypotheses);
      } else {
        addLinked(link, sources.scales(), means, hypotheses);
      }
    }
    return hypotheses;
  }

  /** A plain process; with sources, over the kernel that was learnt there as well. */
  private static void addFree(Link none, SourceModel sources, List<Hypothesis> hypotheses) {
    List<KernelScales> kernels = new ArrayList<>(FREE_SCALES);
    if (!sources.tasks().isEmpty()) {
      kernels.add(sources.scales());
    }
    double logPrior = none.logPrior() - Math.log(kernels.size() * FACTORS.length * NOISES.length);
    for (KernelScales scales : kernels) {
      for (double factor : FACTORS) {
        for (double noise : NOISES) {
          hypotheses.add(
              new Hypothesis(none, logPrior, scales.times(factor), 1, noise, FREE_LEVEL, 1));
        }
      }
    }
  }

  /** A process around what the sources expect; the target's scores are stretched to theirs. */
  private static void addLinked(
      Link link, KernelScales scales, double[][] means, List<Hypothesis> hypotheses) {
    double spread = Math.hypot(deviation(link.expected(means)), LEAST_SPREAD);
    int count = FACTORS.length * RESIDUALS.length * NOISES.length * STRETCHES.length;
    double logPrior = link.logPrior() - Math.log(count);
    for (double factor : FACTORS) {
      for (double residual : RESIDUALS) {
        for (double noise : NOISES) {
          for (double stretch : STRETCHES) {
            hypotheses.add(
                new Hypothesis(
                    link, logPrior, scales.times(factor), residual, noise, 1, stretch * spread));
          }
        }
      }
    }
  }

  /** Standard deviation; 0 of nothing. */
  static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    return Math.sqrt(
        Arrays.stream(values).map(value -> (value - mean) * (value - mean)).average().orElse(0));
  }
}
