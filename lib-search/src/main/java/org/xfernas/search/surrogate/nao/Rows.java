package org.xfernas.search.surrogate.nao;

/** Arithmetic on rows of numbers, in loops that the compiler turns into vector instructions. */
final class Rows {
  /** Beyond it, tanh is 1 in single precision. */
  private static final float TANH_RANGE = 7.9f;

  /** e to the minus 32 counts as zero. */
  private static final float EXP_RANGE = 32;

  private Rows() {}

  /** x += y. */
  static void add(float[] x, int xAt, float[] y, int yAt, int length) {
    for (int i = 0; i < length; i++) {
      x[xAt + i] += y[yAt + i];
    }
  }

  /** x += factor y. */
  static void add(float[] x, int xAt, float factor, float[] y, int yAt, int length) {
    for (int i = 0; i < length; i++) {
      x[xAt + i] += factor * y[yAt + i];
    }
  }

  /** x *= factor. */
  static void scale(float[] x, int at, float factor, int length) {
    for (int i = 0; i < length; i++) {
      x[at + i] *= factor;
    }
  }

  /** Inner product. */
  static float dot(float[] x, int xAt, float[] y, int yAt, int length) {
    float sum = 0;
    for (int i = 0; i < length; i++) {
      sum += x[xAt + i] * y[yAt + i];
    }
    return sum;
  }

  /** Euclidean length. */
  static float norm(float[] x, int at, int length) {
    return (float) Math.sqrt(dot(x, at, x, at, length) + 1e-24f);
  }

  /** x = tanh(x), by a rational function with an error below 4e-7. */
  static void tanh(float[] x, int at, int length) {
    for (int i = at; i < at + length; i++) {
      float v = Math.max(-TANH_RANGE, Math.min(TANH_RANGE, x[i]));
      float s = v * v;
      float p = -2.76076847742355e-16f * s + 2.00018790482477e-13f;
      p = p * s - 8.60467152213735e-11f;
      p = p * s + 5.12229709037114e-08f;
      p = p * s + 1.48572235717979e-05f;
      p = p * s + 6.37261928875436e-04f;
      p = p * s + 4.89352455891786e-03f;
      float q = 1.19825839466702e-06f * s + 1.18534705686654e-04f;
      q = q * s + 2.26843463243900e-03f;
      q = q * s + 4.89352518554385e-03f;
      x[i] = v * p / q;
    }
  }

  /** x = 1 / (1 + exp(-x)). */
  static void sigmoid(float[] x, int at, int length) {
    scale(x, at, 0.5f, length);
    tanh(x, at, length);
    for (int i = at; i < at + length; i++) {
      x[i] = 0.5f * x[i] + 0.5f;
    }
  }

  /**
   * Turns the first numbers of a row into positive ones that sum to one; gives the log of the sum
   * before, x's maximum included.
   */
  static float softmax(float[] x, int at, int length) {
    float top = x[at];
    for (int i = at + 1; i < at + length; i++) {
      top = Math.max(top, x[i]);
    }
    for (int i = at; i < at + length; i++) {
      x[i] -= top;
    }
    exp(x, at, length);
    float sum = 0;
    for (int i = at; i < at + length; i++) {
      sum += x[i];
    }
    scale(x, at, 1 / sum, length);
    return top + (float) Math.log(sum);
  }

  /** x = exp(x) for x below 0: a polynomial for the 32nd root, squared five times. */
  private static void exp(float[] x, int at, int length) {
    for (int i = at; i < at + length; i++) {
      float v = Math.max(-EXP_RANGE, x[i]) * (1 / EXP_RANGE);
      float p = v * (1f / 362880) + 1f / 40320;
      p = p * v + 1f / 5040;
      p = p * v + 1f / 720;
      p = p * v + 1f / 120;
      p = p * v + 1f / 24;
      p = p * v + 1f / 6;
      p = p * v + 1f / 2;
      p = p * v + 1f;
      p = p * v + 1f;
      p = p * p;
      p = p * p;
      p = p * p;
      p = p * p;
      x[i] = p * p;
    }
  }
}
