package org.xfernas.search.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RankAgreementTest {
  private static final OptionalDouble EXPECTED = OptionalDouble.of(0.5);

  private static RankAgreement ofReversed(int size) {
    double[] ascending = IntStream.range(0, size).asDoubleStream().toArray();
    return RankAgreement.of(ascending, IntStream.range(0, size).mapToDouble(i -> -i).toArray());
  }

  @Test
  void beforeAnythingIsComparedTheExpectationStands() {
    RankAgreement agreement = ofReversed(0).after(EXPECTED);
    assertThat(agreement.coefficient()).isEqualTo(0.5);
    assertThat(agreement.standardError()).isCloseTo(0.4, Offset.offset(1e-12));
  }

  @Test
  void theMoreIsComparedTheLessTheExpectationCounts() {
    double few = ofReversed(5).after(EXPECTED).coefficient();
    double many = ofReversed(500).after(EXPECTED).coefficient();
    assertThat(few).isBetween(-1.0, 0.5);
    assertThat(many).isLessThan(few).isCloseTo(-1, Offset.offset(0.05));
  }

  @Test
  void withoutExpectationTheComparisonStands() {
    assertThat(ofReversed(5).after(OptionalDouble.empty())).isEqualTo(ofReversed(5));
  }
}
