package org.xfernas.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.xfernas.jobs.table.EvaluatedText;
import org.xfernas.search.Seed;
import org.xfernas.search.Sha256;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.ArchitectureFormatException;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * Those of a task's results that fit a space: an architecture is a part of it where its text can be
 * read there, whatever other operations the task's own space had.
 *
 * @param space that they fit
 * @param scores mean score of each architecture over its successes, higher is better; empty where
 *     every evaluation failed
 * @param kept share of the results that fit
 */
record FittingResults(SearchSpace space, Map<Architecture, OptionalDouble> scores, double kept) {

  private static final int HASH_BYTES = 8;

  /** The fitting ones of the results; a value that is not finite counts as a failure. */
  static FittingResults of(SearchSpace space, Objective objective, List<EvaluatedText> results) {
    Map<String, Optional<Architecture>> parsed = new HashMap<>();
    Map<Architecture, List<EvaluatedText>> fitting = new LinkedHashMap<>();
    for (EvaluatedText result : results) {
      parsed
          .computeIfAbsent(result.architecture(), text -> parsed(space, text))
          .ifPresent(one -> fitting.computeIfAbsent(one, key -> new ArrayList<>()).add(result));
    }
    Map<Architecture, OptionalDouble> scores = new LinkedHashMap<>();
    fitting.forEach((one, known) -> scores.put(one, meanScore(objective, known)));
    int kept = fitting.values().stream().mapToInt(List::size).sum();
    return new FittingResults(space, scores, (double) kept / Math.max(1, results.size()));
  }

  /** Empty where it is of another space: it is left out, and counted as such. */
  private static Optional<Architecture> parsed(SearchSpace space, String text) {
    try {
      return Optional.of(space.parse(text));
    } catch (ArchitectureFormatException e) {
      return Optional.empty();
    }
  }

  private static OptionalDouble meanScore(Objective objective, List<EvaluatedText> results) {
    return results.stream()
        .flatMapToDouble(result -> result.value().stream())
        .filter(Double::isFinite)
        .map(objective::score)
        .average();
  }

  /** So many of them, drawn without replacement; all where there are no more. */
  FittingResults draw(int count, Seed seed) {
    List<Architecture> rest = new ArrayList<>(scores.keySet());
    var random = seed.generator();
    Map<Architecture, OptionalDouble> drawn = new LinkedHashMap<>();
    for (int i = 0; i < count && i < scores.size(); i++) {
      int chosen = random.nextInt(i, rest.size());
      Architecture architecture = rest.set(chosen, rest.get(i));
      drawn.put(architecture, scores.get(architecture));
    }
    return new FittingResults(space, drawn, kept);
  }

  /** As a history whose last number is {@code last}. */
  TrialHistory history(int last) {
    List<Observation> observations = new ArrayList<>();
    scores.forEach(
        (architecture, score) ->
            observations.add(
                new Observation(
                    last - scores.size() + 1 + observations.size(),
                    architecture,
                    space.id(architecture),
                    score)));
    return new TrialHistory(observations);
  }

  /** A hash of the architectures and their scores, in their order. */
  String hash() {
    MessageDigest digest = Sha256.digest();
    scores.forEach(
        (architecture, score) -> {
          String bits =
              score.isPresent()
                  ? Long.toHexString(Double.doubleToLongBits(score.getAsDouble()))
                  : "failed";
          digest.update((architecture.text() + " " + bits + "\n").getBytes(UTF_8));
        });
    return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
  }

  double[] successes() {
    return scores.values().stream().flatMapToDouble(OptionalDouble::stream).toArray();
  }
}
