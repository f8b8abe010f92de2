package org.xfernas.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeedTest {
  /** The number is from Python's hashlib: SHA-256 of the seed and the length-prefixed names. */
  @Test
  void derivesAChildFromItsValueAndPath() {
    assertThat(new Seed(42).child("trial", "|a~0|", 0).value()).isEqualTo(1925374534808582594L);
  }

  @Test
  void tellsPathsApartThatReadTheSame() {
    assertThat(new Seed(1).child("ab", "c")).isNotEqualTo(new Seed(1).child("a", "bc"));
    assertThat(new Seed(1).child("ab")).isNotEqualTo(new Seed(1).child("a", "b"));
  }

  @Test
  void startsEqualGenerators() {
    assertThat(new Seed(5).generator().longs(10))
        .containsExactlyElementsOf(new Seed(5).generator().longs(10).boxed().toList());
  }
}
