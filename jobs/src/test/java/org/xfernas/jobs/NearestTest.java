package org.xfernas.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> KNOWN = List.of("search", "status", "report", "bench");

  @Test
  void findsTheNameWithFewestChanges() {
    assertThat(Nearest.to("serach", KNOWN)).contains("search");
    assertThat(Nearest.to("stats", KNOWN)).contains("status");
    assertThat(Nearest.to("rreport", KNOWN)).contains("report");
    assertThat(Nearest.to("bensh", KNOWN)).contains("bench");
  }

  @Test
  void staysSilentWhereNothingIsNear() {
    assertThat(Nearest.to("xyz", KNOWN)).isEmpty();
    assertThat(Nearest.to("search", List.of())).isEmpty();
  }
}
