package org.xfernas.search.surrogate;

/** Adam (Kingma and Ba, ICLR 2015), on a plain array. */
public final class Adam {
  private static final double FIRST = 0.9;
  private static final double SECOND = 0.999;
  private static final double EPSILON = 1e-8;

  private final double rate;
  private final double[] first;
  private final double[] second;
  private int steps;

  /**
   * At its first step.
   *
   * @param rate learning rate
   * @param size number of parameters
   */
  public Adam(double rate, int size) {
    this.rate = rate;
    this.first = new double[size];
    this.second = new double[size];
  }

  /** One step up along the gradient, which is cleared. */
  public void ascend(double[] parameters, double[] gradient) {
    steps++;
    double scale = rate * Math.sqrt(1 - Math.pow(SECOND, steps)) / (1 - Math.pow(FIRST, steps));
    for (int i = 0; i < parameters.length; i++) {
      first[i] += (1 - FIRST) * (gradient[i] - first[i]);
      second[i] += (1 - SECOND) * (gradient[i] * gradient[i] - second[i]);
      parameters[i] += scale * first[i] / (Math.sqrt(second[i]) + EPSILON);
      gradient[i] = 0;
    }
  }
}
