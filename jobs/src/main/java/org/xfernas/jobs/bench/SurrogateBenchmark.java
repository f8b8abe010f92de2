package org.xfernas.jobs.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.Operations;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.Surrogate;
import org.xfernas.search.surrogate.SurrogateTrainer;
import org.xfernas.search.surrogate.nao.NaoSpeed;
import org.xfernas.search.transfer.KnowledgeCache;
import org.xfernas.search.transfer.NetworkTrainer;
import org.xfernas.search.transfer.ProcessTrainer;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * Speed of the surrogates: NAO's training and decoding at its published sizes, and both forms of
 * transfer on two sources of 200 points and 33 of the target, over 15,625 candidates; then the
 * process form on a million results of sources.
 */
final class SurrogateBenchmark {
  private static final int EPOCHS = 50;
  private static final int SOURCE_POINTS = 200;
  private static final int TARGET_POINTS = 33;
  private static final int REPEATS = 5;
  private static final int MANY_TASKS = 100;
  private static final int MANY_POINTS = 10_000;

  private static final SearchSpace SPACE = new EdgeCellSpace(4, Operations.NAS_BENCH_201);

  private SurrogateBenchmark() {}

  /** Seconds by what was done, in the order in which they are printed. */
  static Map<String, Object> run() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("threads", Runtime.getRuntime().availableProcessors());
    figures.put("nao_seconds_per_1000_epochs", NaoSpeed.secondsPerThousandEpochs(EPOCHS));
    figures.put("nao_seconds_to_propose_300", NaoSpeed.secondsToPropose());
    SourceKnowledge two = sources(2, SOURCE_POINTS);
    measure("network", new NetworkTrainer(SPACE, new KnowledgeCache()), two, figures);
    measure("process", new ProcessTrainer(SPACE, new KnowledgeCache()), two, figures);
    measure(
        "process_of_a_million",
        new ProcessTrainer(SPACE, new KnowledgeCache()),
        sources(MANY_TASKS, MANY_POINTS),
        figures);
    return figures;
  }

  /** The first fit learns from the sources; later ones, and predictions, are medians. */
  private static void measure(
      String form,
      SurrogateTrainer trainer,
      SourceKnowledge knowledge,
      Map<String, Object> figures) {
    List<Architecture> candidates = SPACE.all().toList();
    long start = System.nanoTime();
    trainer.fit(knowledge, history(TARGET_POINTS, 0), new Seed(0));
    figures.put(form + "_seconds_to_learn_from_sources", seconds(start));

    List<Double> fits = new ArrayList<>();
    List<Double> proposals = new ArrayList<>();
    for (int repeat = 1; repeat <= REPEATS; repeat++) {
      TrialHistory history = history(TARGET_POINTS, -repeat);
      start = System.nanoTime();
      Surrogate surrogate = trainer.fit(knowledge, history, new Seed(0));
      fits.add(seconds(start));
      start = System.nanoTime();
      surrogate.predict(candidates);
      proposals.add(seconds(start));
    }
    figures.put(form + "_seconds_to_fit", median(fits));
    figures.put(form + "_seconds_to_propose", median(proposals));
  }

  private static SourceKnowledge sources(int tasks, int points) {
    return new SourceKnowledge(
        IntStream.rangeClosed(1, tasks)
            .mapToObj(task -> new SourceTask("task " + task, history(points, task)))
            .toList());
  }

  /** Random architectures whose score follows their tokens. */
  private static TrialHistory history(int size, int draw) {
    RandomGenerator random = new Seed(7).child(draw).generator();
    return new TrialHistory(
        IntStream.rangeClosed(1, size)
            .mapToObj(
                number -> {
                  Architecture one = SPACE.sample(random);
                  double score = IntStream.of(SPACE.encode(one)).sum() + random.nextDouble();
                  return new Observation(number, one, SPACE.id(one), OptionalDouble.of(score));
                })
            .toList());
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
