package org.xfernas.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> KNOWN = List.of("c10_val12", "c100_val12", "arch");

  @Test
  void findsTheNameWithTheFewestEdits() {
    assertThat(NearestName.of("c10_val21", KNOWN)).contains("c10_val12");
    assertThat(NearestName.of("c100_val2", KNOWN)).contains("c100_val12");
    assertThat(NearestName.of("arhc", KNOWN)).contains("arch");
  }

  @Test
  void findsNoneWhereMoreThanHalfWouldChange() {
    assertThat(NearestName.of("seed", KNOWN)).isEmpty();
    assertThat(NearestName.of("arch", List.of())).isEmpty();
  }
}
