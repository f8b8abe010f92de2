package org.xfernas.search.surrogate.nao;

/**
 * A view of single-precision numbers as rows and columns.
 *
 * @param values where the numbers lie, among others
 * @param at place of the first
 * @param rows number of rows
 * @param columns number of columns
 * @param rowStride from one row to the next
 * @param columnStride from one column to the next
 */
record Matrix(float[] values, int at, int rows, int columns, int rowStride, int columnStride) {

  /** A matrix of zeros, row by row. */
  static Matrix zeros(int rows, int columns) {
    return view(new float[rows * columns], 0, rows, columns);
  }

  /** Numbers that lie row by row. */
  static Matrix view(float[] values, int at, int rows, int columns) {
    return new Matrix(values, at, rows, columns, columns, 1);
  }

  /** Place of the first number of a row. */
  int row(int row) {
    return at + row * rowStride;
  }

  /** The rows from {@code first} on. */
  Matrix rows(int first, int count) {
    return new Matrix(values, row(first), count, columns, rowStride, columnStride);
  }

  /** Every {@code step}-th row, from {@code first} on. */
  Matrix everyRow(int step, int first, int count) {
    return new Matrix(values, row(first), count, columns, rowStride * step, columnStride);
  }

  /** The same numbers with rows and columns exchanged. */
  Matrix transposed() {
    return new Matrix(values, at, columns, rows, columnStride, rowStride);
  }

  /** Copies another matrix of this size, or of fewer columns, into this one. */
  void set(Matrix other) {
    for (int row = 0; row < other.rows; row++) {
      for (int column = 0; column < other.columns; column++) {
        values[row(row) + column * columnStride] =
            other.values[other.row(row) + column * other.columnStride];
      }
    }
  }

  /** Adds the sums over the rows of {@code other} to this single row. */
  void addColumnSums(Matrix other) {
    for (int row = 0; row < other.rows; row++) {
      Rows.add(values, at, other.values, other.row(row), columns);
    }
  }

  /** Sets every row to the single row {@code other}. */
  void setRows(Matrix other) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(other.values, other.at, values, row(row), columns);
    }
  }
}
