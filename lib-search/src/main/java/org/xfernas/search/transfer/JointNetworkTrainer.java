package org.xfernas.search.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.Surrogate;
import org.xfernas.search.surrogate.SurrogateTrainer;
import org.xfernas.search.surrogate.nao.NaoLoss;
import org.xfernas.search.surrogate.nao.NaoModel;
import org.xfernas.search.surrogate.nao.NaoModel.Label;
import org.xfernas.search.surrogate.nao.NaoModel.Values;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;
import org.xfernas.search.trial.TransferShares;
import org.xfernas.search.trial.TransferShares.Source;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * The transfer network by itself (XferNAS; section 2 of the method): f_d = f_u + r_d over the
 * embedding of NAO's encoder, where the encoder, the decoder, the universal predictor and a linear
 * residual predictor of each task, the target's too, are trained jointly on the normal scores of
 * all source histories and the target's own. A target without results is ranked by f_u alone;
 * without sources f_u is NAO's predictor of the target. {@link NetworkTrainer} adds processes to
 * it; what they are worth is seen by the comparison with this.
 *
 * <p>Several networks, which differ in the order of what they learn, make the mean and the standard
 * deviation of a prediction (R). Every fit trains them anew, in seconds. Failed trials are left
 * out, as are architectures that have no tokens. Of more than {@value #MOST_LEARNT} results the
 * best half and an even half of the rest are learnt from.
 */
public final class JointNetworkTrainer implements SurrogateTrainer {
  private static final int MOST_LEARNT = 300;
  private static final int REFERENCES = 200;

  private final SearchSpace space;
  private final KnowledgeCache cache;
  private final Settings settings;
  private final List<Architecture> references;

  /**
   * How long is learnt, and what is minimised.
   *
   * @param networks that are averaged
   * @param spaceUpdates by random architectures of the space
   * @param taskUpdates from there, by the results of all tasks
   * @param loss of all of them
   */
  public record Settings(int networks, int spaceUpdates, int taskUpdates, NaoLoss loss) {
    /** As long as {@link NetworkTrainer}'s. */
    public static final Settings DEFAULT =
        new Settings(
            NetworkTrainer.Settings.DEFAULT.folds(),
            NetworkTrainer.Settings.DEFAULT.spaceUpdates(),
            NetworkTrainer.Settings.DEFAULT.taskUpdates(),
            NaoLoss.DEFAULT);

    /** The same with another loss. */
    public Settings with(NaoLoss other) {
      return new Settings(networks, spaceUpdates, taskUpdates, other);
    }
  }

  /**
   * A trainer.
   *
   * @param space of the architectures
   * @param cache of what is learnt of the space
   * @param settings how long is learnt
   */
  public JointNetworkTrainer(SearchSpace space, KnowledgeCache cache, Settings settings) {
    this.space = space;
    this.cache = cache;
    this.settings = settings;
    this.references = cache.features(space).references(REFERENCES);
  }

  @Override
  public Surrogate fit(SourceKnowledge from, TrialHistory history, Seed seed) {
    List<SourceScores> sources = SourceScores.chosen(from.encodable(space).tasks());
    List<Observation> successes =
        history.encodable(space).observations().stream()
            .filter(one -> Double.isFinite(one.score().orElse(Double.NaN)))
            .toList();
    StandardScores all =
        StandardScores.of(
            successes.stream().mapToDouble(one -> one.score().getAsDouble()).toArray());
    int[] learnt = Subsample.indices(all.values(), MOST_LEARNT);
    StandardScores scores = all.only(learnt);
    List<Architecture> results =
        IntStream.of(learnt).mapToObj(index -> successes.get(index).architecture()).toList();

    List<Label> labels = new ArrayList<>();
    for (int task = 0; task < sources.size(); task++) {
      addLabels(labels, task, sources.get(task).architectures(), sources.get(task).scores());
    }
    int target = sources.isEmpty() ? Label.UNIVERSAL : sources.size();
    addLabels(labels, target, results, scores.values());
    boolean ownResidual = !sources.isEmpty() && !results.isEmpty();
    int tasks = sources.size() + (ownResidual ? 1 : 0);
    List<NaoModel> networks =
        labels.isEmpty()
            ? List.of()
            : IntStream.range(0, settings.networks())
                .mapToObj(number -> trained(labels, tasks, seed.child("joint", number)))
                .toList();
    Fitted fitted = new Fitted(networks, ownResidual ? target : Label.UNIVERSAL, scores);
    return from.tasks().isEmpty()
        ? fitted
        : fitted.with(shares(fitted, sources, from.tasks(), results));
  }

  private static void addLabels(
      List<Label> labels, int task, List<Architecture> architectures, double[] scores) {
    for (int at = 0; at < scores.length; at++) {
      labels.add(new Label(architectures.get(at), task, scores[at]));
    }
  }

  private NaoModel trained(List<Label> labels, int tasks, Seed seed) {
    return NetworkTrainer.ofSpace(space, cache, settings.spaceUpdates(), settings.loss())
        .trained(labels, tasks, settings.taskUpdates(), settings.loss(), seed);
  }

  /** The shares by the differences between random architectures, the weights by results. */
  private TransferShares shares(
      Fitted fitted,
      List<SourceScores> sources,
      List<SourceTask> known,
      List<Architecture> results) {
    double universal = sources.isEmpty() ? 0 : 1;
    if (!sources.isEmpty() && !results.isEmpty()) {
      List<Values> drawn = fitted.values(references);
      double[] shared = mean(drawn, Label.UNIVERSAL);
      double[] own = mean(drawn, fitted.task);
      Arrays.setAll(own, at -> own[at] - shared[at]);
      double part = square(Hypotheses.deviation(shared));
      universal = part > 0 ? part / (part + square(Hypotheses.deviation(own))) : 0;
    }
    List<String> tasks = sources.stream().map(SourceScores::task).toList();
    List<Values> seen = fitted.values(results);
    double learnt = sources.stream().mapToInt(SourceScores::size).sum();
    List<Source> published = new ArrayList<>();
    for (SourceTask source : known) {
      int task = tasks.indexOf(source.task());
      RankAgreement agreement =
          task < 0
              ? RankAgreement.NONE
              : RankAgreement.of(mean(seen, task), fitted.scores.values());
      published.add(agreement.published(source, task < 0 ? 0 : sources.get(task).size() / learnt));
    }
    return new TransferShares(universal, 1 - universal, published);
  }

  /** The mean response of a task, per row. */
  private static double[] mean(List<Values> values, int task) {
    double[] mean = new double[values.get(0).universal().length];
    for (Values each : values) {
      double[] response = response(each, task);
      Arrays.setAll(mean, at -> mean[at] + response[at] / values.size());
    }
    return mean;
  }

  private static double[] response(Values values, int task) {
    double[] response = values.universal().clone();
    if (task != Label.UNIVERSAL) {
      Arrays.setAll(response, at -> response[at] + values.residuals()[task][at]);
    }
    return response;
  }

  private static double square(double value) {
    return value * value;
  }

  /**
   * Trained networks.
   *
   * @param networks none where nothing is known at all
   * @param task whose response is predicted; {@link Label#UNIVERSAL} for f_u
   * @param scores of the target's results
   * @param shares of the sources
   */
  private record Fitted(
      List<NaoModel> networks, int task, StandardScores scores, Optional<TransferShares> shares)
      implements Surrogate {

    Fitted(List<NaoModel> networks, int task, StandardScores scores) {
      this(networks, task, scores, Optional.empty());
    }

    Fitted with(TransferShares given) {
      return new Fitted(networks, task, scores, Optional.of(given));
    }

    @Override
    public List<Prediction> predict(List<Architecture> architectures) {
      List<double[]> responses =
          values(architectures).stream().map(each -> response(each, task)).toList();
      return IntStream.range(0, architectures.size())
          .mapToObj(
              at -> {
                double[] each = responses.stream().mapToDouble(one -> one[at]).toArray();
                return each.length == 0
                    ? new Prediction(0, 1)
                    : new Prediction(
                        Arrays.stream(each).average().orElseThrow(), Hypotheses.deviation(each));
              })
          .map(scores::unstandardised)
          .toList();
    }

    /** What each network gives. */
    List<Values> values(List<Architecture> architectures) {
      return networks.stream().map(network -> network.values(architectures)).toList();
    }
  }
}
