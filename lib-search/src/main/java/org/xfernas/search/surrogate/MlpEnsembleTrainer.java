package org.xfernas.search.surrogate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.surrogate.Mlp.Input;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TransferShares;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * An ensemble of small multi-layer perceptrons over the structural features of an architecture
 * (after White, Neiswanger and Savani, "BANANAS", AAAI 2021): the mean and the standard deviation
 * of its members, which differ in their initial weights, are the prediction. It learns from the
 * target's completed trials alone, and not from sources.
 *
 * <p>Members are trained on the normal scores of the results; predictions are on the line through
 * results and normal scores.
 */
public final class MlpEnsembleTrainer implements SurrogateTrainer {
  private static final int MEMBERS = 5;
  private static final int HIDDEN = 20;
  private static final int STEPS = 200;
  private static final double RATE = 0.01;
  private static final double DECAY = 0.01;

  private final CellFeatures features;

  /** A trainer for architectures with these features. */
  public MlpEnsembleTrainer(CellFeatures features) {
    this.features = features;
  }

  @Override
  public Surrogate fit(SourceKnowledge knowledge, TrialHistory history, Seed seed) {
    List<Observation> successes =
        history.observations().stream()
            .filter(one -> Double.isFinite(one.score().orElse(Double.NaN)))
            .toList();
    double[] scores = successes.stream().mapToDouble(one -> one.score().getAsDouble()).toArray();
    double[] normal = NormalScores.of(scores);
    List<FeatureVector> vectors =
        successes.stream().map(one -> features.of(one.architecture())).toList();
    Inputs inputs = Inputs.of(vectors);
    List<Input> rows = vectors.stream().map(inputs::of).toList();
    List<Mlp> members = new ArrayList<>();
    for (int member = 0; member < MEMBERS; member++) {
      Mlp mlp = new Mlp(inputs.size(), HIDDEN, seed.child("member", member).generator());
      Adam adam = new Adam(RATE, mlp.size());
      for (int step = 0; step < STEPS; step++) {
        for (int row = 0; row < normal.length; row++) {
          mlp.learn(rows.get(row), normal[row]);
        }
        mlp.step(adam, DECAY);
      }
      members.add(mlp);
    }
    return new Ensemble(features, inputs, members, Line.through(normal, scores));
  }

  /**
   * Where features stand in an input: those that the trials have.
   *
   * @param positions by group and key
   */
  private record Inputs(Map<FeatureGroup, Map<Long, Integer>> positions, int size) {

    static Inputs of(List<FeatureVector> vectors) {
      Map<FeatureGroup, Map<Long, Integer>> positions = new EnumMap<>(FeatureGroup.class);
      int next = 0;
      for (FeatureGroup group : FeatureGroup.values()) {
        Map<Long, Integer> ofGroup = new HashMap<>();
        for (FeatureVector vector : vectors) {
          for (long key : vector.group(group).keys()) {
            if (ofGroup.putIfAbsent(key, next) == null) {
              next++;
            }
          }
        }
        positions.put(group, ofGroup);
      }
      return new Inputs(positions, next);
    }

    Input of(FeatureVector vector) {
      List<Integer> indices = new ArrayList<>();
      List<Double> values = new ArrayList<>();
      for (FeatureGroup group : FeatureGroup.values()) {
        SparseVector entries = vector.group(group);
        for (int at = 0; at < entries.keys().length; at++) {
          Integer index = positions.get(group).get(entries.keys()[at]);
          if (index != null) {
            indices.add(index);
            values.add(entries.values()[at]);
          }
        }
      }
      return new Input(
          indices.stream().mapToInt(Integer::intValue).toArray(),
          values.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  /** Least squares of scores by normal scores. */
  private record Line(double level, double slope) {

    static Line through(double[] normal, double[] scores) {
      double level = 0;
      for (double score : scores) {
        level += score / scores.length;
      }
      double products = 0;
      double squares = 0;
      for (int i = 0; i < scores.length; i++) {
        products += normal[i] * (scores[i] - level);
        squares += normal[i] * normal[i];
      }
      return new Line(level, squares > 0 ? products / squares : 1);
    }
  }

  private record Ensemble(CellFeatures features, Inputs inputs, List<Mlp> members, Line line)
      implements Surrogate {

    @Override
    public List<Prediction> predict(List<Architecture> architectures) {
      return features.table(architectures).vectors().stream()
          .map(inputs::of)
          .map(this::predict)
          .toList();
    }

    private Prediction predict(Input input) {
      double[] outputs = members.stream().mapToDouble(member -> member.output(input)).toArray();
      double mean = 0;
      for (double output : outputs) {
        mean += output / outputs.length;
      }
      double variance = 0;
      for (double output : outputs) {
        variance += (output - mean) * (output - mean) / (outputs.length - 1);
      }
      return new Prediction(line.level() + line.slope() * mean, line.slope() * Math.sqrt(variance));
    }

    @Override
    public Optional<TransferShares> shares() {
      return Optional.empty();
    }
  }
}
