package org.xfernas.jobs.bench;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.UsageException;

class BenchJobTest {

  @Test
  void oneKnownBenchmarkMustBeNamed() {
    assertThatThrownBy(() -> run())
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith("there is: training, surrogate, history");
    assertThatThrownBy(() -> run("trainig")).hasMessageContaining("(did you mean training?)");
    assertThatThrownBy(() -> run("training", "4")).hasMessageContaining("arguments=[training, 4]");
  }

  private static void run(String... arguments) throws Exception {
    new BenchJob()
        .run(
            new JobContext(
                List.of(arguments),
                ConfigFactory.empty(),
                Optional.empty(),
                System.out,
                System.err,
                Clock.systemUTC()));
  }
}
