package org.xfernas.search.surrogate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CholeskyTest {
  /** Of L = (2 0 0; 1 3 0; 1 2 1). */
  private static final double[][] MATRIX = {{4, 2, 2}, {2, 10, 7}, {2, 7, 6}};

  private final Cholesky factor = Cholesky.of(MATRIX);

  @Test
  void solvesWithTheMatrix() {
    assertThat(factor.solve(new double[] {8, 19, 15}))
        .containsExactly(new double[] {1, 1, 1}, within(1e-12));
  }

  @Test
  void solvesWithItsRoot() {
    assertThat(factor.solveLower(new double[] {2, 7, 6}))
        .containsExactly(new double[] {1, 2, 1}, within(1e-12));
    assertThat(factor.squaredLengths(new double[][] {{2, 4}, {7, 2}, {6, 2}}))
        .containsExactly(new double[] {6, 4}, within(1e-12));
  }

  @Test
  void knowsDeterminantDensityAndInverse() {
    assertThat(factor.logDeterminant()).isCloseTo(Math.log(36), within(1e-12));
    assertThat(factor.logDensity(new double[] {2, 7, 6}))
        .isCloseTo(-0.5 * (6 + Math.log(36) + 3 * Math.log(2 * Math.PI)), within(1e-12));
    assertThat(factor.inverseDiagonal())
        .containsExactly(new double[] {11.0 / 36, 20.0 / 36, 1}, within(1e-12));
  }

  @Test
  void bearsAMatrixThatRoundingMadeSingular() {
    assertThat(Cholesky.of(new double[][] {{1, 1}, {1, 1}}).solveLower(new double[] {1, 1}))
        .startsWith(new double[] {1}, within(1e-6));
  }

  @Test
  void refusesWhatIsFarFromPositiveDefinite() {
    assertThatThrownBy(() -> Cholesky.of(new double[][] {{1, 3}, {3, 1}}))
        .hasMessage("Cannot factor: the matrix is not positive definite (size=2)");
  }
}
