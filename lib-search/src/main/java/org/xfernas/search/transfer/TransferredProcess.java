package org.xfernas.search.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.surrogate.Cholesky;
import org.xfernas.search.surrogate.Distances;
import org.xfernas.search.surrogate.KernelScales;
import org.xfernas.search.surrogate.Surrogate;
import org.xfernas.search.transfer.SourceModel.View;
import org.xfernas.search.transfer.TargetProcess.Posterior;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;
import org.xfernas.search.trial.TransferShares;
import org.xfernas.search.trial.TransferShares.Source;

/**
 * The target's process, averaged over hypotheses by their posterior probabilities. The unlikely are
 * left out, and the more of them the more results there are.
 */
final class TransferredProcess implements Surrogate {
  private static final int MOST_HYPOTHESES = 8;
  private static final double LEAST_PROBABILITY = 0.02;

  /** Results by which hypotheses are judged, at most. */
  private static final int MOST_JUDGED = 100;

  private final SourceModel sources;
  private final View observed;
  private final CovarianceRows rows;
  private final StandardScores scores;
  private final List<Weighted> processes;
  private final Optional<TransferShares> shares;

  /** A process and the probability of its hypothesis. */
  private record Weighted(TargetProcess process, double probability) {}

  /** The scale that was taken and the hypotheses on it. */
  private record Judged(StandardScores scores, List<Weighted> processes) {}

  /** An averaged expectation in its two parts and its variance, per candidate. */
  private record Mixture(double[] linked, double[] own, double[] variance) {}

  /**
   * The process given the target's results.
   *
   * @param sources that it may follow, perhaps none
   * @param architectures with a result
   * @param scales on which they may have their scores; the likeliest is taken
   * @param rows kept between the fits of a search
   * @param references architectures by which the shares are measured
   * @param known all source tasks, those included that nothing is learnt from
   */
  TransferredProcess(
      SourceModel sources,
      List<Architecture> architectures,
      List<StandardScores> scales,
      CovarianceRows rows,
      List<Architecture> references,
      List<SourceTask> known) {
    this.sources = sources;
    this.observed = sources.view(architectures);
    this.rows = rows;
    Judged judged = judged(architectures, scales);
    this.scores = judged.scores;
    this.processes = likeliest(judged.processes);
    this.shares = known.isEmpty() ? Optional.empty() : Optional.of(shares(references, known));
  }

  /** Every hypothesis with its probability, on the scale on which all together are likeliest. */
  private Judged judged(List<Architecture> architectures, List<StandardScores> scales) {
    int[] indices = Subsample.indices(scales.get(0).values(), MOST_JUDGED);
    View view = sources.view(Arrays.stream(indices).mapToObj(architectures::get).toList());
    List<Hypothesis> hypotheses = Hypotheses.of(sources, view.means());
    Map<Hypothesis, Cholesky> factors = factors(hypotheses, view);
    Judged likeliest = null;
    double most = Double.NEGATIVE_INFINITY;
    for (StandardScores scores : scales) {
      List<TargetProcess> candidates = conditioned(hypotheses, factors, view, scores.only(indices));
      double best = candidates.stream().mapToDouble(TargetProcess::logEvidence).max().orElseThrow();
      double sum = candidates.stream().mapToDouble(one -> Math.exp(one.logEvidence() - best)).sum();
      if (best + Math.log(sum) > most) {
        most = best + Math.log(sum);
        likeliest =
            new Judged(
                scores,
                candidates.stream()
                    .map(one -> new Weighted(one, Math.exp(one.logEvidence() - best) / sum))
                    .toList());
      }
    }
    return likeliest;
  }

  /** Of the covariance of the observations under each hypothesis, whatever its stretch. */
  private Map<Hypothesis, Cholesky> factors(List<Hypothesis> hypotheses, View view) {
    Distances distances = new Distances(view.table());
    Map<KernelScales, double[][]> kernels = new HashMap<>();
    Map<List<Double>, double[][]> open = new HashMap<>();
    Map<Hypothesis, Cholesky> factors = new HashMap<>();
    for (Hypothesis hypothesis : hypotheses) {
      factors.computeIfAbsent(
          hypothesis.stretched(1),
          key -> {
            double[] weights = hypothesis.link().expected();
            return Cholesky.of(
                TargetProcess.covariance(
                    hypothesis,
                    kernels.computeIfAbsent(hypothesis.scales(), distances::kernel),
                    open.computeIfAbsent(
                        Arrays.stream(weights).boxed().toList(),
                        sum -> sources.covariance(weights, view, view)),
                    view.means()));
          });
    }
    return factors;
  }

  private static List<TargetProcess> conditioned(
      List<Hypothesis> hypotheses,
      Map<Hypothesis, Cholesky> factors,
      View view,
      StandardScores scores) {
    return hypotheses.stream()
        .map(one -> new TargetProcess(one, factors.get(one.stretched(1)), view.means(), scores))
        .toList();
  }

  /** The likeliest hypotheses, given all results; half as many where results are twice as many. */
  private List<Weighted> likeliest(List<Weighted> judged) {
    int most = MOST_HYPOTHESES;
    for (int size = MOST_JUDGED; size < scores.size(); size *= 2) {
      most = Math.max(1, most / 2);
    }
    List<Weighted> kept =
        judged.stream()
            .sorted(Comparator.comparingDouble(one -> -one.probability))
            .limit(most)
            .toList();
    double least = LEAST_PROBABILITY * kept.get(0).probability;
    kept = kept.stream().filter(one -> one.probability >= least).toList();
    double sum = kept.stream().mapToDouble(Weighted::probability).sum();
    List<TargetProcess> conditioned = kept.stream().map(Weighted::process).toList();
    if (scores.size() > MOST_JUDGED) {
      List<Hypothesis> hypotheses = conditioned.stream().map(TargetProcess::hypothesis).toList();
      conditioned = conditioned(hypotheses, factors(hypotheses, observed), observed, scores);
    }
    List<Weighted> likeliest = new ArrayList<>();
    for (int at = 0; at < kept.size(); at++) {
      likeliest.add(new Weighted(conditioned.get(at), kept.get(at).probability / sum));
    }
    return likeliest;
  }

  @Override
  public List<Prediction> predict(List<Architecture> architectures) {
    return standardised(architectures).stream().map(scores::unstandardised).toList();
  }

  /** Predictions in units of the standardised scores. */
  List<Prediction> standardised(List<Architecture> architectures) {
    Mixture mixture = mixture(architectures);
    List<Prediction> predictions = new ArrayList<>();
    for (int at = 0; at < architectures.size(); at++) {
      predictions.add(
          new Prediction(mixture.linked[at] + mixture.own[at], Math.sqrt(mixture.variance[at])));
    }
    return predictions;
  }

  /** The standardised score that is expected of each result given all others. */
  double[] leftOut() {
    double[] expected = new double[scores.size()];
    for (Weighted weighted : processes) {
      double[] residuals = weighted.process.leftOutResiduals();
      for (int at = 0; at < expected.length; at++) {
        expected[at] += weighted.probability * (scores.values()[at] - residuals[at]);
      }
    }
    return expected;
  }

  /** The results that it was given, standardised. */
  StandardScores scores() {
    return scores;
  }

  /** The architectures that have these. */
  List<Architecture> architectures() {
    return observed.table().architectures();
  }

  private Mixture mixture(List<Architecture> architectures) {
    View view = sources.view(architectures);
    Map<KernelScales, double[][]> kernels =
        view.table()
            .kernels(
                processes.stream()
                    .map(weighted -> weighted.process.hypothesis().scales())
                    .distinct()
                    .toList(),
                observed.table());
    double[] linked = new double[view.size()];
    double[] own = new double[view.size()];
    double[] squares = new double[view.size()];
    for (Weighted weighted : processes) {
      double[][] kernel = kernels.get(weighted.process.hypothesis().scales());
      double[] sum = weighted.process.hypothesis().link().expected();
      Posterior posterior =
          weighted.process.posterior(
              kernel,
              rows.of(sources, sum, observed, view),
              sources.variances(sum, view),
              view.means());
      for (int at = 0; at < squares.length; at++) {
        double mean = posterior.linked()[at] + posterior.own()[at];
        linked[at] += weighted.probability * posterior.linked()[at];
        own[at] += weighted.probability * posterior.own()[at];
        squares[at] += weighted.probability * (posterior.variance()[at] + mean * mean);
      }
    }
    double[] variance = squares;
    for (int at = 0; at < variance.length; at++) {
      double mean = linked[at] + own[at];
      variance[at] = Math.max(0, variance[at] - mean * mean);
    }
    return new Mixture(linked, own, variance);
  }

  @Override
  public Optional<TransferShares> shares() {
    return shares;
  }

  @Override
  public double sourceAgreement() {
    return sources.agreement();
  }

  private TransferShares shares(List<Architecture> references, List<SourceTask> known) {
    Mixture mixture = mixture(references);
    double linked = square(Hypotheses.deviation(mixture.linked));
    double own = square(Hypotheses.deviation(mixture.own));
    double free =
        processes.stream()
            .filter(one -> one.process.hypothesis().link().isNone())
            .mapToDouble(Weighted::probability)
            .sum();
    double universal = (1 - free) * (linked > 0 ? linked / (linked + own) : 0);

    double[] weights = new double[sources.tasks().size()];
    double[] parts = sources.parts();
    for (Weighted weighted : processes) {
      double[] expected = weighted.process.hypothesis().link().expected();
      for (int task = 0; task < weights.length; task++) {
        weights[task] +=
            weighted.probability
                * (Math.abs(expected[0]) * parts[task] + Math.abs(expected[1 + task]));
      }
    }
    List<Source> published = new ArrayList<>();
    for (SourceTask source : known) {
      int task = sources.tasks().indexOf(source.task());
      RankAgreement agreement =
          task < 0
              ? RankAgreement.NONE
              : RankAgreement.of(observed.means()[1 + task], scores.values());
      published.add(agreement.published(source, task < 0 ? 0 : weights[task]));
    }
    return new TransferShares(universal, 1 - universal, published);
  }

  private static double square(double value) {
    return value * value;
  }
}
