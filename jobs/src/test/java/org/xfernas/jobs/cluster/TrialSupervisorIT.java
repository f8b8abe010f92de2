package org.xfernas.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfernas.jobs.cluster.TrialSupervisor.Supervised;
import org.xfernas.jobs.worker.ScriptedTrainer;
import org.xfernas.jobs.worker.TrialRequest;
import org.xfernas.search.trial.Failure;

/** The supervisor with real worker processes and no Spark. */
class TrialSupervisorIT {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final WorkerPool pool = new WorkerPool();
  @TempDir Path directory;

  @AfterEach
  void endWorkers() {
    pool.clear();
  }

  @Test
  void aWorkerTrainsOneTrialAfterTheOther() throws Exception {
    Supervised first = supervise("ok", LONG);
    Supervised second = supervise("ok", LONG);
    assertThat(first.report().failure()).isEmpty();
    assertThat(first.report().curve()).isEqualTo(ScriptedTrainer.CURVE);
    assertThat(first.report().scores().others()).containsEntry("seed", 11.0);
    assertThat(first.workers()).isEqualTo(1);
    assertThat(second.versions()).isEqualTo(first.versions());
  }

  @Test
  void theWorkerHasItsGpuAndItsThreadsFromTheStart() throws Exception {
    WorkerLaunch launch =
        new WorkerLaunch(ScriptedTrainer.class.getName(), Workers.SETTINGS, Optional.of("3"), 2);
    Supervised trial =
        new TrialSupervisor(pool, launch, LONG).supervise(request("ok"), () -> false);
    assertThat(trial.versions()).containsEntry("gpu", "3").containsEntry("threads", "2");
    assertThat(launch.device()).isEqualTo("3");
  }

  @Test
  void whatIsPrintedDoesNotDisturbTheProtocol() throws Exception {
    assertThat(supervise("print", LONG).report().curve()).isEqualTo(ScriptedTrainer.CURVE);
  }

  @ParameterizedTest
  @CsvSource({
    "kill, CRASH, 2, SIGKILL",
    "segv, CRASH, 2, SIGSEGV",
    "heap, OUT_OF_MEMORY, 1, java.lang.OutOfMemoryError",
    "off_heap, OUT_OF_MEMORY, 1, Physical memory usage is too high",
    "diverge, DIVERGED, 1, loss NaN in epoch 2",
    "invalid, INVALID, 1, no builder knows 'invalid'",
    "error, ERROR, 1, out of luck"
  })
  void aFailureIsReportedWithItsKindAndReason(
      String script, Failure.Kind kind, int workers, String reason) throws Exception {
    Supervised trial = supervise(script, LONG);
    Failure failure = trial.report().failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.reason()).contains(reason);
    assertThat(trial.workers()).isEqualTo(workers);
    assertThat(supervise("ok", LONG).report().failure()).isEmpty();
  }

  @Test
  void aTrialThatLosesOneWorkerGetsAnother() throws Exception {
    Supervised trial = supervise("kill_once", LONG);
    assertThat(trial.report().failure()).isEmpty();
    assertThat(trial.workers()).isEqualTo(2);
  }

  @Test
  void atTheDeadlineTheWorkerIsEndedAndTheEpochsAreKept() throws Exception {
    Supervised trial = supervise("hang", Duration.ofSeconds(1));
    assertThat(trial.report().failure())
        .contains(new Failure(Failure.Kind.DEADLINE, "still training at its deadline of 1 s"));
    assertThat(trial.report().curve()).isEqualTo(ScriptedTrainer.CURVE.subList(0, 1));
    assertEnds(trial);
  }

  @Test
  void aCancelledTrialEndsItsWorker() throws Exception {
    Supervised before = supervise("ok", LONG);
    AtomicBoolean cancelled = new AtomicBoolean();
    TrialSupervisor supervisor = new TrialSupervisor(pool, Workers.launch(), LONG);
    assertThatThrownBy(() -> supervisor.supervise(request("hang"), () -> cancelled.getAndSet(true)))
        .isInstanceOf(CancellationException.class)
        .hasMessage("the trial was cancelled");
    assertEnds(before);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, Long.MAX_VALUE})
  void aWorkerThatGrewTooLargeIsReplaced(long residentLimit) throws Exception {
    WorkerLaunch launch = Workers.launch(residentLimit, Duration.ofMinutes(1));
    TrialSupervisor supervisor = new TrialSupervisor(pool, launch, LONG);
    Supervised first = supervisor.supervise(request("ok"), () -> false);
    Supervised second = supervisor.supervise(request("ok"), () -> false);
    assertThat(second.versions().equals(first.versions())).isEqualTo(residentLimit > 1);
  }

  @Test
  void anIdleWorkerRetires() throws Exception {
    WorkerLaunch launch = Workers.launch(Long.MAX_VALUE, Duration.ofMillis(10));
    assertEnds(new TrialSupervisor(pool, launch, LONG).supervise(request("ok"), () -> false));
  }

  @Test
  void aWorkerThatCannotStartIsNoTrialsFailure() {
    WorkerLaunch launch =
        new WorkerLaunch("org.xfernas.NoTrainer", Workers.SETTINGS, Optional.empty(), 1);
    assertThatThrownBy(
            () -> new TrialSupervisor(pool, launch, LONG).supervise(request("ok"), () -> false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Cannot start a trial worker: the worker ended (exit code 1)")
        .hasMessageContaining("ClassNotFoundException: org.xfernas.NoTrainer");
  }

  @Test
  void aWorkerThatCannotTrainAnyTrialIsNoTrialsFailure() {
    TrialRequest elsewhere = new TrialRequest(1, Workers.script("ok"), 11, "/no/images");
    TrialSupervisor supervisor = new TrialSupervisor(pool, Workers.launch(), LONG);
    assertThatThrownBy(() -> supervisor.supervise(elsewhere, () -> false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot train candidates: there is no directory /no/images");
  }

  @Test
  void imagesThatAWorkerHasNoRoomForAreNoTrialsFailure() throws Exception {
    Files.createFile(directory.resolve(ScriptedTrainer.TOO_LARGE));
    assertThatThrownBy(() -> supervise("ok", LONG))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Cannot load the data for candidates: the worker ended (exit code 3)")
        .hasMessageContaining("set xfernas.worker.heap to more");
  }

  private Supervised supervise(String script, Duration deadline) throws InterruptedException {
    return new TrialSupervisor(pool, Workers.launch(), deadline)
        .supervise(request(script), () -> false);
  }

  private TrialRequest request(String script) {
    return new TrialRequest(1, Workers.script(script), 11, directory.toString());
  }

  private static void assertEnds(Supervised trial) {
    long pid = Long.parseLong(trial.versions().get("pid"));
    await().atMost(LONG).until(() -> ProcessHandle.of(pid).isEmpty());
  }
}
