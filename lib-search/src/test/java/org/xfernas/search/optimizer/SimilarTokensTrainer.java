package org.xfernas.search.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.Surrogate;
import org.xfernas.search.surrogate.SurrogateTrainer;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;
import org.xfernas.search.trial.TransferShares;
import org.xfernas.search.trial.TransferShares.Source;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * A quick surrogate for tests: the mean over the successes of all histories, each centred, weighted
 * by how many tokens agree.
 */
record SimilarTokensTrainer(SearchSpace space) implements SurrogateTrainer {

  @Override
  public Surrogate fit(SourceKnowledge knowledge, TrialHistory history, Seed seed) {
    List<Point> points = new ArrayList<>(centred(history));
    knowledge.tasks().forEach(source -> points.addAll(centred(source.history())));
    List<Source> sources =
        knowledge.tasks().stream()
            .map(SourceTask::task)
            .map(task -> new Source(task, 0, 1, 1.0 / knowledge.tasks().size()))
            .toList();
    return new Surrogate() {
      @Override
      public List<Prediction> predict(List<Architecture> architectures) {
        return architectures.stream().map(one -> mean(points, space.encode(one))).toList();
      }

      @Override
      public Optional<TransferShares> shares() {
        return Optional.of(new TransferShares(1, 0, sources));
      }
    };
  }

  private List<Point> centred(TrialHistory history) {
    List<Observation> successes =
        history.observations().stream().filter(one -> one.score().isPresent()).toList();
    double mean =
        successes.stream().mapToDouble(one -> one.score().getAsDouble()).average().orElse(0);
    return successes.stream()
        .map(one -> new Point(space.encode(one.architecture()), one.score().getAsDouble() - mean))
        .toList();
  }

  private static Prediction mean(List<Point> points, int[] tokens) {
    double sum = 0;
    double weights = 1e-9;
    for (Point point : points) {
      int agreeing = 0;
      for (int position = 0; position < tokens.length; position++) {
        agreeing += tokens[position] == point.tokens()[position] ? 1 : 0;
      }
      double weight = Math.pow(4, agreeing - tokens.length);
      sum += weight * point.value();
      weights += weight;
    }
    return new Prediction(sum / weights, 1);
  }

  private record Point(int[] tokens, double value) {}
}
