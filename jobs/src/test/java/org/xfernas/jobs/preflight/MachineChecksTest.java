package org.xfernas.jobs.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfernas.jobs.cluster.WorkerSettings;
import org.xfernas.jobs.config.MemorySize;
import org.xfernas.jobs.preflight.Check.Outcome;

class MachineChecksTest {
  private static final long GIB = 1L << 30;

  /** 1 GiB of heap and 3 GiB outside of it. */
  private static final WorkerSettings WORKER =
      new WorkerSettings(
          new MemorySize(GIB),
          new MemorySize(3 * GIB),
          new MemorySize(2 * GIB),
          0,
          Duration.ofMinutes(1),
          Duration.ofMinutes(1));

  @Test
  void memoryIsCountedOncePerExecutorAndOncePerTrial() {
    // 4 GiB of heap and a tenth of it, and two trials of 4 GiB: 12.4 GiB.
    Check enough = check("memory", Collections.nCopies(2, machine(2, 125 * GIB / 10)), false);
    assertThat(enough.outcome()).isEqualTo(Outcome.OK);
    assertThat(enough.finding())
        .isEqualTo("12.5 GiB on host; Spark may take 4.4 GiB and 2 trials 4.0 GiB each");
  }

  @Test
  void tooLittleMemorySaysHowManyTrialsFit() {
    Check tooLittle = check("memory", Collections.nCopies(4, machine(4, 13 * GIB)), false);
    assertThat(tooLittle.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(tooLittle.mend()).hasValueSatisfying(m -> assertThat(m).endsWith("local[2]"));
  }

  @Test
  void memoryForNoTrialAtAllSaysWhatToLower() {
    Check none = check("memory", List.of(machine(1, 6 * GIB)), false);
    assertThat(none.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(none.mend())
        .hasValueSatisfying(m -> assertThat(m).contains("xfernas.worker.heap", "DRIVER_MEMORY"));
  }

  @Test
  void moreTrialsThanCoresIsAWarning() {
    Check crowded = check("cores", Collections.nCopies(3, machine(2, 100 * GIB)), false);
    assertThat(crowded.outcome()).isEqualTo(Outcome.WARN);
    assertThat(crowded.mend()).hasValueSatisfying(m -> assertThat(m).endsWith("local[2]"));
  }

  @Test
  void aGpuThatIsWantedAndNotThereIsMissing() {
    assertThat(check("gpus", List.of(machine(2, 100 * GIB)), true).outcome())
        .isEqualTo(Outcome.MISSING);
    Machine withGpu = new Machine("host", "0", 2, 100 * GIB, GIB, List.of("0"), 1);
    assertThat(check("gpus", List.of(withGpu), true).outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void aGpuThatNoTaskIsGivenFailsWithWhatToSet() {
    Machine without = new Machine("host", "0", 2, 100 * GIB, GIB, List.of(), 1);
    Check check = check("gpus", List.of(without), true);
    assertThat(check.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(check.mend())
        .hasValueSatisfying(m -> assertThat(m).contains("spark.task.resource.gpu.amount=1"));
    Machine alone = new Machine("host", "driver", 2, 100 * GIB, GIB, List.of(), 1);
    assertThat(check("gpus", List.of(alone), true).outcome())
        .as("one trial at a time in the driver has the first one")
        .isEqualTo(Outcome.OK);
    assertThat(check("gpus", List.of(alone, alone), true).outcome()).isEqualTo(Outcome.FAIL);
  }

  private static Machine machine(int cores, long memory) {
    return new Machine("host", "driver", cores, memory, 4 * GIB, List.of(), 0);
  }

  private static Check check(String name, List<Machine> tasks, boolean wantsGpu) {
    return new MachineChecks(tasks, WORKER, wantsGpu)
        .all().stream().filter(check -> check.name().equals(name)).findFirst().orElseThrow();
  }
}
