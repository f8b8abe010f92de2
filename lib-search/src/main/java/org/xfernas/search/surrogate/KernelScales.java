package org.xfernas.search.surrogate;

/**
 * A kernel of structural features: a function of the distance decisions dD + paths dP + summary dS
 * + common dC, the d being squared distances with a mean of 1.
 *
 * @param decisions weight of {@link FeatureGroup#DECISIONS}
 * @param paths weight of {@link FeatureGroup#PATHS}
 * @param summary weight of {@link FeatureGroup#SUMMARY}
 * @param common weight of {@link FeatureGroup#COMMON}
 * @param shape of the kernel
 */
public record KernelScales(
    double decisions, double paths, double summary, double common, Shape shape) {

  /** How a kernel falls with the distance. */
  public enum Shape {
    /** exp(-distance): the squared exponential kernel. */
    LOCAL {
      @Override
      double at(double distance) {
        return Math.exp(-distance);
      }
    },
    /**
     * 9 / sqrt(1 + 2 distance): a rational quadratic kernel (Rasmussen and Williams 2006, equation
     * 4.19, with alpha = 1/2), a mixture of squared exponentials of all lengths, with a standard
     * deviation of 3. What shows over long distances makes a trend, by which what is better than
     * anything known can be told from it (R).
     */
    TREND {
      @Override
      double at(double distance) {
        return 9 / Math.sqrt(1 + 2 * distance);
      }
    };

    abstract double at(double distance);
  }

  /** A local kernel. */
  public KernelScales(double decisions, double paths, double summary, double common) {
    this(decisions, paths, summary, common, Shape.LOCAL);
  }

  /** The kernel at these squared distances. */
  double kernel(double decisionsApart, double pathsApart, double summaryApart, double commonApart) {
    return shape.at(
        decisions * decisionsApart
            + paths * pathsApart
            + summary * summaryApart
            + common * commonApart);
  }

  /** The kernel of an architecture with itself. */
  public double variance() {
    return shape.at(0);
  }

  /** All weights times a factor. */
  public KernelScales times(double factor) {
    return new KernelScales(
        factor * decisions, factor * paths, factor * summary, factor * common, shape);
  }

  /** The same with another weight of one group. */
  public KernelScales with(FeatureGroup group, double weight) {
    return new KernelScales(
        group == FeatureGroup.DECISIONS ? weight : decisions,
        group == FeatureGroup.PATHS ? weight : paths,
        group == FeatureGroup.SUMMARY ? weight : summary,
        group == FeatureGroup.COMMON ? weight : common,
        shape);
  }

  /** The same with another shape. */
  public KernelScales with(Shape other) {
    return new KernelScales(decisions, paths, summary, common, other);
  }

  /** The weight of a group. */
  public double of(FeatureGroup group) {
    return switch (group) {
      case DECISIONS -> decisions;
      case PATHS -> paths;
      case SUMMARY -> summary;
      case COMMON -> common;
    };
  }
}
