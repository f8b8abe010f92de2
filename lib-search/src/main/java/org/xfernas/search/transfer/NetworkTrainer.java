package org.xfernas.search.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.CellFeatures;
import org.xfernas.search.surrogate.DecodingSurrogate;
import org.xfernas.search.surrogate.SurrogateTrainer;
import org.xfernas.search.surrogate.nao.NaoLoss;
import org.xfernas.search.surrogate.nao.NaoModel;
import org.xfernas.search.surrogate.nao.NaoModel.Label;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TransferShares;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * NAO's surrogate and, with sources, the network form of transfer (XferNAS; section 2 of the
 * method): f_d = f_u + r_d over the embedding of one encoder. The universal predictor and a linear
 * residual predictor per source task are trained jointly, on normal scores; the residual predictors
 * have an L2 of their own, so that what tasks share goes into f_u. {@link SourceNetwork} corrects
 * both by what they are wrong by on architectures that they have not seen. The target's residual is
 * a Gaussian process over the embedding and the cell's structure, which follows each new result at
 * once; {@link Link}s to the universal response, to each task's and to none compete, and are
 * averaged (R). A target without results is ranked by the sources.
 *
 * <p>Without sources the model is trained on the target's own results, anew whenever they have
 * doubled, and only the link to none is there. In both cases it goes on from one that has learnt to
 * encode and decode random architectures of the space.
 *
 * <p>Failed trials are left out, as are architectures that have no tokens. Of more than {@value
 * #MOST_LEARNT} results the best half and an even half of the rest are learnt from.
 */
public final class NetworkTrainer implements SurrogateTrainer {
  private static final int MOST_LEARNT = 300;
  private static final int REFERENCES = 200;
  private static final int FIRST_TRAINING = 8;

  /** Of what depends on the space and the sources alone, so that all searches can share it. */
  private static final Seed SHARED = new Seed(0).child("network");

  private final SearchSpace space;
  private final KnowledgeCache cache;
  private final Settings settings;
  private final CellFeatures features;
  private final List<Architecture> references;
  private final CovarianceRows rows = new CovarianceRows();

  /** The sources that were used last, what is learnt from them, and the model of that. */
  private SourceKnowledge knowledge = SourceKnowledge.EMPTY;

  private List<SourceScores> sources = List.of();
  private SourceNetwork ofSources;

  /** What the last model of a target was trained on, and that model. */
  private Map.Entry<Object, SourceNetwork> latest;

  /**
   * How long is learnt, and what is minimised.
   *
   * @param folds of the sources; as many models are trained, each without one
   * @param spaceUpdates by random architectures of the space
   * @param taskUpdates from there, by the sources
   * @param targetUpdates from there, by the target's own results where there are no sources
   * @param loss of all of them
   */
  public record Settings(
      int folds, int spaceUpdates, int taskUpdates, int targetUpdates, NaoLoss loss) {
    /** For searches. */
    public static final Settings DEFAULT = new Settings(4, 600, 150, 100, NaoLoss.DEFAULT);

    /** The default loss. */
    public Settings(int folds, int spaceUpdates, int taskUpdates, int targetUpdates) {
      this(folds, spaceUpdates, taskUpdates, targetUpdates, NaoLoss.DEFAULT);
    }

    /** The same with another loss. */
    public Settings with(NaoLoss other) {
      return new Settings(folds, spaceUpdates, taskUpdates, targetUpdates, other);
    }
  }

  /** A trainer with the settings for searches. */
  public NetworkTrainer(SearchSpace space, KnowledgeCache cache) {
    this(space, cache, Settings.DEFAULT);
  }

  /**
   * A trainer.
   *
   * @param space of the architectures
   * @param cache of what is learnt of the space and from sources
   * @param settings how long is learnt
   */
  public NetworkTrainer(SearchSpace space, KnowledgeCache cache, Settings settings) {
    this.space = space;
    this.cache = cache;
    this.settings = settings;
    this.features = cache.features(space);
    this.references = features.references(REFERENCES);
  }

  @Override
  public DecodingSurrogate fit(SourceKnowledge from, TrialHistory history, Seed seed) {
    if (!from.equals(knowledge)) {
      sources = SourceScores.chosen(from.encodable(space).tasks());
      ofSources = sources.isEmpty() ? null : ofSources(from);
      knowledge = from;
    }
    List<Observation> successes =
        history.encodable(space).observations().stream()
            .filter(one -> Double.isFinite(one.score().orElse(Double.NaN)))
            .toList();
    double[] results = successes.stream().mapToDouble(one -> one.score().getAsDouble()).toArray();
    SourceNetwork network = sources.isEmpty() ? ofTarget(successes, seed) : ofSources;
    List<StandardScores> scales =
        sources.isEmpty() ? List.of(StandardScores.of(results)) : StandardScores.scales(results);
    int[] learnt = Subsample.indices(scales.get(0).values(), MOST_LEARNT);
    return new Fitted(
        network.model(),
        new TransferredProcess(
            network,
            IntStream.of(learnt).mapToObj(index -> successes.get(index).architecture()).toList(),
            scales.stream().map(scores -> scores.only(learnt)).toList(),
            rows,
            references,
            from.tasks()));
  }

  private NaoModel ofSpace() {
    return ofSpace(space, cache, settings.spaceUpdates(), settings.loss());
  }

  /** What has learnt to encode and decode a space; that of the cache, if it is there. */
  static NaoModel ofSpace(SearchSpace space, KnowledgeCache cache, int updates, NaoLoss loss) {
    return cache.get(
        List.of(space, updates, loss),
        NaoModel.class,
        () -> NaoModel.ofSpace(space, updates, loss, SHARED.child("space")));
  }

  private SourceNetwork ofSources(SourceKnowledge from) {
    NaoModel start = ofSpace();
    return cache.get(
        List.of(space, from, settings),
        SourceNetwork.class,
        () ->
            new SourceNetwork(
                space,
                features,
                IntStream.range(0, settings.folds())
                    .mapToObj(fold -> withoutFold(start, fold))
                    .toList(),
                sources,
                references));
  }

  private NaoModel withoutFold(NaoModel start, int fold) {
    List<Label> labels = new ArrayList<>();
    for (int task = 0; task < sources.size(); task++) {
      SourceScores source = sources.get(task);
      for (int at = 0; at < source.size(); at++) {
        Architecture architecture = source.architectures().get(at);
        if (SourceNetwork.fold(space, architecture, settings.folds()) != fold) {
          labels.add(new Label(architecture, task, source.scores()[at]));
        }
      }
    }
    return start.trained(
        labels,
        sources.size(),
        settings.taskUpdates(),
        settings.loss(),
        SHARED.child("sources", fold));
  }

  /**
   * The model of the first half or more of the results: the last ones may be what is expected of
   * pending proposals, and change.
   */
  private SourceNetwork ofTarget(List<Observation> successes, Seed seed) {
    int known = Integer.highestOneBit(2 * successes.size() / 3);
    List<Observation> learnt = successes.subList(0, known < FIRST_TRAINING ? 0 : known);
    Map.Entry<List<Observation>, Seed> key = Map.entry(learnt, seed);
    if (latest == null || !latest.getKey().equals(key)) {
      latest =
          Map.entry(
              key,
              new SourceNetwork(
                  space, features, List.of(trained(learnt, seed)), List.of(), references));
    }
    return latest.getValue();
  }

  private NaoModel trained(List<Observation> learnt, Seed seed) {
    if (learnt.isEmpty()) {
      return ofSpace();
    }
    double[] values =
        StandardScores.of(learnt.stream().mapToDouble(one -> one.score().getAsDouble()).toArray())
            .values();
    List<Label> labels =
        IntStream.of(Subsample.indices(values, MOST_LEARNT))
            .mapToObj(at -> new Label(learnt.get(at).architecture(), Label.UNIVERSAL, values[at]))
            .toList();
    return ofSpace()
        .trained(
            labels,
            0,
            settings.targetUpdates(),
            settings.loss(),
            seed.child("target", learnt.size()));
  }

  /** Predictions of the process, decoding of the network. */
  private record Fitted(NaoModel model, TransferredProcess process) implements DecodingSurrogate {
    @Override
    public List<Prediction> predict(List<Architecture> architectures) {
      return process.predict(architectures);
    }

    @Override
    public Optional<TransferShares> shares() {
      return process.shares();
    }

    @Override
    public List<Architecture> ascended(List<Architecture> architectures, double length) {
      return model.ascended(architectures, length);
    }
  }
}
