package org.xfernas.search.surrogate.nao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfernas.search.Seed;

class MatrixProductTest {

  private static Matrix random(int rows, int columns, long seed) {
    RandomGenerator random = new Seed(seed).generator();
    Matrix matrix = Matrix.zeros(rows, columns);
    for (int i = 0; i < matrix.values().length; i++) {
      matrix.values()[i] = (float) random.nextGaussian();
    }
    return matrix;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 32, 1, false",
    "4, 32, 5, true",
    "7, 96, 300, false",
    "13, 64, 513, true",
    "3, 32, 0, false"
  })
  void everyImplementationGivesTheSameBits(int rows, int columns, int inner, boolean transposed) {
    Matrix a = transposed ? random(inner, rows, 1).transposed() : random(rows, inner, 1);
    Matrix b = random(inner, columns, 2);
    Matrix plain = random(rows, columns, 3);
    Matrix vector = random(rows, columns, 3);
    double[] expected = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double sum = plain.values()[plain.row(row) + column];
        for (int i = 0; i < inner; i++) {
          sum +=
              (double) a.values()[a.row(row) + i * a.columnStride()]
                  * b.values()[b.row(i) + column];
        }
        expected[row * columns + column] = sum;
      }
    }

    new PlainMatrixProduct().add(a, b, plain);
    new VectorMatrixProduct().add(a, b, vector);

    assertThat(vector.values()).isEqualTo(plain.values());
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) plain.values()[i]).isCloseTo(expected[i], within(1e-3));
    }
  }
}
