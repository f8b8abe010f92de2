package org.xfernas.models.layer;

import java.util.random.RandomGenerator;

/**
 * One parameter array of an operation.
 *
 * @param kind what it is for
 * @param fanIn inputs that each output of a weight sums, 0 where it is no weight
 * @param shape of the array
 */
record Parameter(Kind kind, long fanIn, long... shape) {

  enum Kind {
    WEIGHT,
    SCALE,
    SHIFT,
    MEAN,
    VARIANCE;

    /** Whether training changes it by its gradient; running statistics follow the batches. */
    boolean trainable() {
      return this != MEAN && this != VARIANCE;
    }
  }

  static Parameter weight(long fanIn, long... shape) {
    return new Parameter(Kind.WEIGHT, fanIn, shape);
  }

  static Parameter perChannel(Kind kind, long channels) {
    return new Parameter(kind, 0, channels);
  }

  long length() {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    return length;
  }

  /**
   * Values before training: weights normal with variance 2 / fan-in (He et al. 2015), scales and
   * variances 1, shifts and means 0.
   */
  double[] initialValues(RandomGenerator random) {
    double[] values = new double[Math.toIntExact(length())];
    double deviation = kind == Kind.WEIGHT ? Math.sqrt(2.0 / fanIn) : 0;
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (kind) {
            case WEIGHT -> deviation * random.nextGaussian();
            case SCALE, VARIANCE -> 1;
            case SHIFT, MEAN -> 0;
          };
    }
    return values;
  }
}
