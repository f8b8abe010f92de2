package org.xfernas.search.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfernas.search.surrogate.Cholesky;
import org.xfernas.search.surrogate.KernelScales;
import org.xfernas.search.transfer.TargetProcess.Posterior;

/** Against formulas for two observations, worked out by hand. */
class TargetProcessTest {
  private static final KernelScales SCALES = new KernelScales(1, 1, 1, 1);

  /** Covariance (3.5 2.5; 2.5 3.5): level 2, residual 1, noise 0.5, kernel 0.5. */
  @Test
  void isAGaussianProcessWhereTheTargetFollowsNothing() {
    Link none = Link.all(List.of()).get(0);
    TargetProcess process =
        process(
            new Hypothesis(none, 0, SCALES, 1, 0.5, 2, 1),
            new double[][] {{1}, {0.5, 1}},
            new double[2][2],
            new double[1][2]);

    Posterior posterior =
        process.posterior(
            new double[][] {{0.8}, {0.2}}, new double[2][1], new double[1], new double[1][1]);

    // The inverse is (3.5 -2.5; -2.5 3.5) / 6, so that the weights are (1, -1).
    double inverse = 3.5 / 6;
    double[] covariance = {2.8, 2.2};
    double explained =
        inverse * (2.8 * 2.8 + 2.2 * 2.2) - 2 * (2.5 / 6) * covariance[0] * covariance[1];
    assertThat(posterior.own()[0]).isCloseTo(2.8 - 2.2, within(1e-9));
    assertThat(posterior.linked()[0]).isZero();
    assertThat(posterior.variance()[0]).isCloseTo(3 - explained, within(1e-9));
    assertThat(process.logEvidence())
        .isCloseTo(-0.5 * (2 + Math.log(6) + 2 * Math.log(2 * Math.PI)), within(1e-9));
    assertThat(process.leftOutResiduals())
        .containsExactly(new double[] {6 / 3.5, -6 / 3.5}, within(1e-9));
  }

  /**
   * The sources expect 2 and 0, hence 1 and -1 about their mean; the scores are as much. The
   * slope's variance is 0.1.
   */
  @Test
  void followsASourceByWhatItExpects() {
    Link universal = Link.all(List.of("task")).get(1);
    TargetProcess process =
        process(
            new Hypothesis(universal, 0, SCALES, 0.3, 0.1, 1, 1),
            new double[][] {{1}, {0, 1}},
            new double[2][2],
            new double[][] {{2, 0}, {2, 0}});

    Posterior posterior =
        process.posterior(
            new double[][] {{0}, {0}}, new double[2][1], new double[1], new double[][] {{4}, {4}});

    // Nothing surprises it, so that the mean is 4 - 1, and the slope's part of the variance is
    // 3 x 3 x (0.1 - 0.1 x 0.1 (1 -1) C^-1 (1 -1)') with C^-1 (1 -1)' = (1 -1)' / (0.4 + 0.2).
    assertThat(universal.name()).isEqualTo("universal");
    assertThat(posterior.linked()[0]).isCloseTo(3, within(1e-9));
    assertThat(posterior.own()[0]).isCloseTo(0, within(1e-9));
    double slope = 0.1 - 0.01 * 2 / 0.6;
    double level = 1 - 2 / 2.4;
    assertThat(posterior.variance()[0]).isCloseTo(9 * slope + level + 0.3, within(1e-9));
  }

  /**
   * Nothing is expected but much is open: a variance of 1 at both observations and the candidate,
   * and a covariance of 0.9 between the first of them and the candidate.
   */
  @Test
  void learnsWhatTheSourcesLeaveOpen() {
    Link universal = Link.all(List.of("task")).get(1);
    TargetProcess process =
        process(
            new Hypothesis(universal, 0, SCALES, 0, 0.5, 0, 1),
            new double[][] {{1}, {0, 1}},
            new double[][] {{1, 0}, {0, 1}},
            new double[2][2]);

    Posterior posterior =
        process.posterior(
            new double[2][1], new double[][] {{0.9}, {0}}, new double[] {1}, new double[2][1]);

    assertThat(posterior.own()[0]).isCloseTo(0.9 / 1.5, within(1e-9));
    assertThat(posterior.variance()[0]).isCloseTo(1 - 0.81 / 1.5, within(1e-9));
  }

  /** The process of two observations with the scores 1 and -1. */
  private static TargetProcess process(
      Hypothesis hypothesis, double[][] kernel, double[][] open, double[][] means) {
    return new TargetProcess(
        hypothesis,
        Cholesky.of(TargetProcess.covariance(hypothesis, kernel, open, means)),
        means,
        new StandardScores(new double[] {1, -1}, new double[2], 0, 1));
  }
}
