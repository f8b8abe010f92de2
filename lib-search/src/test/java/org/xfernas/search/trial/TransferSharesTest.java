package org.xfernas.search.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfernas.search.trial.TransferShares.Source;

class TransferSharesTest {
  private static double trust(double first, double second) {
    return new TransferShares(
            0.7,
            0.3,
            List.of(new Source("one", first, 0.1, 0.5), new Source("two", second, 0.1, 0.2)))
        .trust();
  }

  @Test
  void trustsTheUniversalPartUnlessTheSourcesThatCountAreReversed() {
    assertThat(trust(0.9, 0.8)).isEqualTo(0.7);
    assertThat(trust(0, 0)).isEqualTo(0.7);
    assertThat(trust(0.2, -0.4)).isEqualTo(0.7);
    assertThat(trust(-0.2, 0.4)).isZero();
  }
}
