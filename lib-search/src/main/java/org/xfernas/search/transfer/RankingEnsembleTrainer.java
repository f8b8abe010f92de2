package org.xfernas.search.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.hipparchus.stat.descriptive.rank.Percentile;
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

/**
 * The ranking-weighted Gaussian process ensemble (RGPE; Feurer, Letham, Hutter and Bakshy,
 * "Practical Transfer Learning for Bayesian Optimization", arXiv 1802.02219): one plain process per
 * source and one of the target, weighted by how often each ranks a bootstrap sample of the target's
 * results with the fewest errors, the target's own process being judged by what it expects of each
 * result without it. A source whose median error is above the 95 % quantile of the target's is left
 * out. Of fewer than {@value #FEWEST} results nothing is concluded: all sources count alike. Of
 * many sources as many are looked at as the process form learns from.
 */
public final class RankingEnsembleTrainer implements SurrogateTrainer {
  private static final int FEWEST = 3;
  private static final int SAMPLES = 100;
  private static final double DILUTION_QUANTILE = 0.95;

  private final ProcessTrainer plain;

  private SourceKnowledge knowledge = SourceKnowledge.EMPTY;
  private List<Member> members = List.of();

  /**
   * A trainer.
   *
   * @param space of the architectures
   * @param cache of what is learnt from sources
   */
  public RankingEnsembleTrainer(SearchSpace space, KnowledgeCache cache) {
    this.plain = new ProcessTrainer(space, cache);
  }

  /** The process of one source, which remembers the longest list of architectures it predicted. */
  private static final class Member {
    private final SourceTask task;
    private final TransferredProcess process;
    private List<Architecture> longest = List.of();
    private List<Prediction> predictions = List.of();

    Member(SourceTask task, TransferredProcess process) {
      this.task = task;
      this.process = process;
    }

    List<Prediction> predict(List<Architecture> architectures) {
      if (architectures.size() < longest.size()) {
        return process.standardised(architectures);
      }
      if (!longest.equals(architectures)) {
        predictions = process.standardised(architectures);
        longest = architectures;
      }
      return predictions;
    }

    double[] means(List<Architecture> architectures) {
      return predict(architectures).stream().mapToDouble(Prediction::mean).toArray();
    }
  }

  @Override
  public Surrogate fit(SourceKnowledge from, TrialHistory history, Seed seed) {
    if (!from.equals(knowledge)) {
      members =
          SourceScores.bestFirst(from.tasks())
              .limit(LearntSources.MOST_TASKS)
              .map(task -> new Member(task, plain.fitAlone(task.history())))
              .toList();
      knowledge = from;
    }
    TransferredProcess target = plain.fitAlone(history);
    RandomGenerator random = seed.child("bootstrap", history.size()).generator();
    return new Ensemble(members, target, weights(target, random));
  }

  /** Weights of the sources, in their order, and of the target. */
  private double[] weights(TransferredProcess target, RandomGenerator random) {
    int last = members.size();
    double[] weights = new double[last + 1];
    double[] truth = target.scores().values();
    if (members.isEmpty() || truth.length < FEWEST) {
      Arrays.fill(weights, 0, last, 1.0 / Math.max(1, last));
      weights[last] = members.isEmpty() ? 1 : 0;
      return weights;
    }
    List<double[]> expected = new ArrayList<>();
    members.forEach(member -> expected.add(member.means(target.architectures())));
    expected.add(target.leftOut());
    double[][] errors = new double[last + 1][SAMPLES];
    for (int sample = 0; sample < SAMPLES; sample++) {
      int[] rows = random.ints(truth.length, 0, truth.length).toArray();
      for (int model = 0; model <= last; model++) {
        errors[model][sample] = misranked(expected.get(model), truth, rows);
      }
    }
    double most = new Percentile(100 * DILUTION_QUANTILE).evaluate(errors[last]);
    for (int sample = 0; sample < SAMPLES; sample++) {
      weights[best(errors, sample, random)]++;
    }
    for (int model = 0; model < last; model++) {
      if (new Percentile(50).evaluate(errors[model]) > most) {
        weights[model] = 0;
      }
    }
    double sum = Arrays.stream(weights).sum();
    if (sum == 0) {
      weights[last] = 1;
      return weights;
    }
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }

  /** Pairs of rows that are expected in another order than they have. */
  private static int misranked(double[] expected, double[] truth, int[] rows) {
    int errors = 0;
    for (int one : rows) {
      for (int other : rows) {
        if (expected[one] < expected[other] != truth[one] < truth[other]) {
          errors++;
        }
      }
    }
    return errors;
  }

  /** The model with the fewest errors: of equals the target, or else any. */
  private static int best(double[][] errors, int sample, RandomGenerator random) {
    int last = errors.length - 1;
    double fewest = Double.POSITIVE_INFINITY;
    for (double[] model : errors) {
      fewest = Math.min(fewest, model[sample]);
    }
    List<Integer> best = new ArrayList<>();
    for (int model = 0; model <= last; model++) {
      if (errors[model][sample] == fewest) {
        best.add(model);
      }
    }
    return best.contains(last) ? last : best.get(random.nextInt(best.size()));
  }

  /** The weighted sum of the members' predictions, the variance being that of independent ones. */
  private record Ensemble(List<Member> members, TransferredProcess target, double[] weights)
      implements Surrogate {

    @Override
    public List<Prediction> predict(List<Architecture> architectures) {
      double[] means = new double[architectures.size()];
      double[] variances = new double[architectures.size()];
      for (int member = 0; member < members.size(); member++) {
        if (weights[member] > 0) {
          add(weights[member], members.get(member).predict(architectures), means, variances);
        }
      }
      add(weights[members.size()], target.standardised(architectures), means, variances);
      List<Prediction> predictions = new ArrayList<>();
      for (int at = 0; at < means.length; at++) {
        predictions.add(
            target.scores().unstandardised(new Prediction(means[at], Math.sqrt(variances[at]))));
      }
      return predictions;
    }

    private static void add(
        double weight, List<Prediction> predictions, double[] means, double[] variances) {
      for (int at = 0; at < means.length; at++) {
        double deviation = weight * predictions.get(at).standardDeviation();
        means[at] += weight * predictions.get(at).mean();
        variances[at] += deviation * deviation;
      }
    }

    @Override
    public Optional<TransferShares> shares() {
      if (members.isEmpty()) {
        return Optional.empty();
      }
      List<Source> sources = new ArrayList<>();
      for (int member = 0; member < members.size(); member++) {
        Member one = members.get(member);
        sources.add(
            RankAgreement.of(one.means(target.architectures()), target.scores().values())
                .published(one.task, weights[member]));
      }
      double own = weights[members.size()];
      return Optional.of(new TransferShares(1 - own, own, sources));
    }
  }
}
