package org.xfernas.jobs.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xfernas.jobs.preflight.Check.Outcome;

class VersionChecksTest {

  @Test
  void theVersionsOfTheBuildGoTogether() {
    assertThat(VersionChecks.all()).extracting(Check::outcome).containsOnly(Outcome.OK);
  }

  @Test
  void othersAreNamedWithTheMend() {
    assertThat(VersionChecks.spark("4.0.1").line())
        .startsWith("fail")
        .contains("4.0.1; DL4J needs Spark 3.5");
    assertThat(VersionChecks.spark("3.50.0").outcome()).isEqualTo(Outcome.FAIL);
    assertThat(VersionChecks.scala("2.13.8").line()).startsWith("fail").contains("2.12");
    assertThat(VersionChecks.java(Runtime.Version.parse("21.0.2")).line())
        .startsWith("warn")
        .contains("JAVA_HOME");
  }
}
