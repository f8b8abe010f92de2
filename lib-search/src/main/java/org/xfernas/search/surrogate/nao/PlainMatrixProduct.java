package org.xfernas.search.surrogate.nao;

/** Products without vector instructions, for a Java that was started without their module. */
final class PlainMatrixProduct implements MatrixProduct {

  @Override
  public void add(Matrix a, Matrix b, Matrix c) {
    for (int row = 0; row < a.rows(); row++) {
      for (int inner = 0; inner < a.columns(); inner++) {
        float factor = a.values()[a.row(row) + inner * a.columnStride()];
        addRow(factor, b.values(), b.row(inner), c.values(), c.row(row), c.columns());
      }
    }
  }

  private static void addRow(float factor, float[] b, int bAt, float[] c, int cAt, int columns) {
    for (int column = 0; column < columns; column++) {
      c[cAt + column] = Math.fma(factor, b[bAt + column], c[cAt + column]);
    }
  }
}
