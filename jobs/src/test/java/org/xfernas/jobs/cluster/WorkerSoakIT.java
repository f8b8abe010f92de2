package org.xfernas.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xfernas.jobs.cluster.TrialSettings.Training;
import org.xfernas.jobs.worker.CandidateSettings;
import org.xfernas.models.dataset.DataFormat;
import org.xfernas.models.dataset.DataSettings;
import org.xfernas.models.dataset.DataSettings.Split;
import org.xfernas.models.network.NetworkSettings;
import org.xfernas.models.training.Augmentation;
import org.xfernas.models.training.TrainingProtocol;
import org.xfernas.search.Seed;
import org.xfernas.search.evaluator.Evaluator;
import org.xfernas.search.space.BlockCellSpace;
import org.xfernas.search.space.OutputRule;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Fidelity;
import org.xfernas.search.trial.Trial;

/** Many different random candidates, one after the other on one task slot. */
class WorkerSoakIT {
  private static final SearchSpace SPACE =
      new BlockCellSpace(
          5,
          ConfigFactory.defaultReference().getStringList("xfernas.search.space.operations"),
          OutputRule.UNUSED);

  /** A few steps of each: what costs memory is the making of networks, not the training. */
  private static final CandidateSettings CANDIDATES =
      new CandidateSettings(
          new DataSettings(
              DataFormat.IDX,
              Path.of("..", "data", "fashion-mnist-subset"),
              List.of(),
              new Split(0.1, 96, 32, 32)),
          new NetworkSettings(8, 1),
          new TrainingProtocol(32, 0.024, 0, 0.9, 5e-4, 5, Augmentation.NONE),
          new Fidelity(1, 1));

  /** Room for the largest network that comes later. */
  private static final double GROWTH = 1.15;

  private static JavaSparkContext spark;

  @BeforeAll
  static void startSpark() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[1]")
                .setAppName("soak")
                .set("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  /**
   * Megabytes of resident memory after a trial.
   *
   * @param executor of Spark's executor, which is this process
   * @param worker of the trial worker
   */
  private record Resident(long executor, long worker) {}

  @Test
  void aFewCandidatesLeaveResidentMemoryLevel() throws Exception {
    assertLevel(soak(8), 4);
  }

  @Test
  @Tag("acceptance")
  void aHundredCandidatesLeaveResidentMemoryLevel() throws Exception {
    assertLevel(soak(100), 20);
  }

  /** All on the same worker. */
  private static List<Resident> soak(int candidates) throws Exception {
    RandomGenerator random = new Seed(1).child("soak").generator();
    List<Resident> resident = new ArrayList<>();
    Set<Long> workers = new HashSet<>();
    try (Evaluator evaluator = Trials.candidates(spark, Training.WORKER, CANDIDATES)) {
      for (int number = 1; number <= candidates; number++) {
        evaluator.launch(Trials.proposal(number, SPACE.sample(random)));
        Trial trial = Trials.await(evaluator, 1).get(0);
        assertThat(trial.result().failure()).isEmpty();

        // Garbage that nobody collected yet is no leak of the executor's.
        System.gc();
        ProcessHandle executor = ProcessHandle.current();
        ProcessHandle worker = executor.children().findFirst().orElseThrow();
        workers.add(worker.pid());
        resident.add(new Resident(megabytes(executor), megabytes(worker)));
      }
    }
    assertThat(workers).hasSize(1);
    return resident;
  }

  private static long megabytes(ProcessHandle process) {
    return ResidentMemory.of(process.pid()) >> 20;
  }

  private static void assertLevel(List<Resident> resident, int warmUp) {
    Resident warm = resident.get(warmUp - 1);
    Resident last = resident.get(resident.size() - 1);
    System.out.printf(
        "resident MB after %d and after %d trials: executor %d, %d; worker %d, %d%n",
        warmUp, resident.size(), warm.executor(), last.executor(), warm.worker(), last.worker());
    assertThat(resident.subList(warmUp, resident.size()))
        .allSatisfy(
            later -> {
              assertThat((double) later.executor()).isLessThan(GROWTH * warm.executor());
              assertThat((double) later.worker()).isLessThan(GROWTH * warm.worker());
            });
  }
}
