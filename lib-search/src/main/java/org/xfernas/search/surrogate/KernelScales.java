package org.xfernas.search.surrogate;

/**
 * How fast a kernel falls with the distance in each group of features: exp(-(decisions dD + paths
 * dP + summary dS)), the d being squared distances with a mean of 1.
 *
 * @param decisions weight of {@link FeatureGroup#DECISIONS}
 * @param paths weight of {@link FeatureGroup#PATHS}
 * @param summary weight of {@link FeatureGroup#SUMMARY}
 */
public record KernelScales(double decisions, double paths, double summary) {

  /** The kernel at these squared distances. */
  double kernel(double decisionsApart, double pathsApart, double summaryApart) {
    return Math.exp(-decisions * decisionsApart - paths * pathsApart - summary * summaryApart);
  }

  /** All weights times a factor. */
  public KernelScales times(double factor) {
    return new KernelScales(factor * decisions, factor * paths, factor * summary);
  }

  /** The same with another weight of one group. */
  public KernelScales with(FeatureGroup group, double weight) {
    return new KernelScales(
        group == FeatureGroup.DECISIONS ? weight : decisions,
        group == FeatureGroup.PATHS ? weight : paths,
        group == FeatureGroup.SUMMARY ? weight : summary);
  }

  /** The weight of a group. */
  public double of(FeatureGroup group) {
    return switch (group) {
      case DECISIONS -> decisions;
      case PATHS -> paths;
      case SUMMARY -> summary;
    };
  }
}
