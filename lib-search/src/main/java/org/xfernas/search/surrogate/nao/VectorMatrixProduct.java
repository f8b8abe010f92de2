package org.xfernas.search.surrogate.nao;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products by vector instructions: four rows and two vectors of columns at a time, whose sums stay
 * in registers, over stretches of the inner index that stay in the cache.
 */
final class VectorMatrixProduct implements MatrixProduct {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int ROWS = 4;
  private static final int STRETCH = 256;

  @Override
  public void add(Matrix a, Matrix b, Matrix c) {
    for (int inner = 0; inner < a.columns(); inner += STRETCH) {
      int length = Math.min(STRETCH, a.columns() - inner);
      for (int column = 0; column < c.columns(); column += 2 * LANES) {
        int row = 0;
        for (; row + ROWS <= a.rows(); row += ROWS) {
          addFour(length, a, row, inner, b, column, c);
        }
        for (; row < a.rows(); row++) {
          addOne(length, a, row, inner, b, column, c);
        }
      }
    }
  }

  private static FloatVector load(float[] values, int at) {
    return FloatVector.fromArray(SPECIES, values, at);
  }

  private static FloatVector repeat(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  private static void addFour(
      int length, Matrix a, int row, int inner, Matrix b, int column, Matrix c) {
    float[] av = a.values();
    float[] bv = b.values();
    float[] cv = c.values();
    int a0 = a.row(row) + inner * a.columnStride();
    int a1 = a0 + a.rowStride();
    int a2 = a1 + a.rowStride();
    int a3 = a2 + a.rowStride();
    int bAt = b.row(inner) + column;
    int c0 = c.row(row) + column;
    int c1 = c0 + c.rowStride();
    int c2 = c1 + c.rowStride();
    int c3 = c2 + c.rowStride();
    FloatVector left0 = load(cv, c0);
    FloatVector left1 = load(cv, c1);
    FloatVector left2 = load(cv, c2);
    FloatVector left3 = load(cv, c3);
    FloatVector right0 = load(cv, c0 + LANES);
    FloatVector right1 = load(cv, c1 + LANES);
    FloatVector right2 = load(cv, c2 + LANES);
    FloatVector right3 = load(cv, c3 + LANES);
    int step = a.columnStride();
    for (int i = 0; i < length; i++) {
      FloatVector left = load(bv, bAt);
      FloatVector right = load(bv, bAt + LANES);
      FloatVector factor = repeat(av[a0]);
      left0 = factor.fma(left, left0);
      right0 = factor.fma(right, right0);
      factor = repeat(av[a1]);
      left1 = factor.fma(left, left1);
      right1 = factor.fma(right, right1);
      factor = repeat(av[a2]);
      left2 = factor.fma(left, left2);
      right2 = factor.fma(right, right2);
      factor = repeat(av[a3]);
      left3 = factor.fma(left, left3);
      right3 = factor.fma(right, right3);
      a0 += step;
      a1 += step;
      a2 += step;
      a3 += step;
      bAt += b.rowStride();
    }
    left0.intoArray(cv, c0);
    left1.intoArray(cv, c1);
    left2.intoArray(cv, c2);
    left3.intoArray(cv, c3);
    right0.intoArray(cv, c0 + LANES);
    right1.intoArray(cv, c1 + LANES);
    right2.intoArray(cv, c2 + LANES);
    right3.intoArray(cv, c3 + LANES);
  }

  private static void addOne(
      int length, Matrix a, int row, int inner, Matrix b, int column, Matrix c) {
    float[] av = a.values();
    float[] bv = b.values();
    int aAt = a.row(row) + inner * a.columnStride();
    int bAt = b.row(inner) + column;
    int cAt = c.row(row) + column;
    FloatVector left = load(c.values(), cAt);
    FloatVector right = load(c.values(), cAt + LANES);
    for (int i = 0; i < length; i++) {
      FloatVector factor = repeat(av[aAt]);
      left = factor.fma(load(bv, bAt), left);
      right = factor.fma(load(bv, bAt + LANES), right);
      aAt += a.columnStride();
      bAt += b.rowStride();
    }
    left.intoArray(c.values(), cAt);
    right.intoArray(c.values(), cAt + LANES);
  }
}
