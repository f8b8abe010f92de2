package org.xfernas.jobs.table;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.xfernas.search.space.EdgeCell;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Failure;
import org.xfernas.search.trial.Fidelity;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Proposal.Basis;
import org.xfernas.search.trial.Proposal.Explanation;
import org.xfernas.search.trial.TransferShares;
import org.xfernas.search.trial.TransferShares.Source;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialResult;
import org.xfernas.search.trial.TrialResult.Epoch;
import org.xfernas.search.trial.TrialResult.Execution;
import org.xfernas.search.trial.TrialResult.Place;
import org.xfernas.search.trial.TrialResult.Scores;
import org.xfernas.search.trial.TrialResult.Size;

/** Settings and rows for tests of the tables. */
final class Samples {
  static final SearchSpace SPACE = new EdgeCellSpace(3, List.of("none", "conv", "pool"));
  static final KnowledgeUnit UNIT =
      new KnowledgeUnit(
          "images",
          Optional.of("f1"),
          "{\"nodes\":3}",
          Optional.of(new Fidelity(5, 0.5)),
          Optional.of("{}"),
          Objective.VALIDATION_ACCURACY);
  static final Duration LEASE = Duration.ofSeconds(30);

  private static final TransferShares SHARES =
      new TransferShares(
          0.75,
          0.25,
          List.of(new Source("digits", 0.5, 0.125, 0.625), new Source("toys", -0.25, 0.375, 0)));
  private static final Instant STARTED = Instant.parse("2026-03-01T10:00:00.123456Z");

  private Samples() {}

  /** Settings of embedded tables below a directory. */
  static TablesSettings settings(Path directory) {
    return new TablesSettings(
        directory.resolve("warehouse"),
        Map.of(),
        20,
        Duration.ofMillis(100),
        Duration.ofSeconds(10),
        LEASE);
  }

  /** A proposal whose every field is its own. */
  static Proposal proposal(int number) {
    EdgeCell cell = new EdgeCell(3, List.of("conv", number % 2 == 0 ? "pool" : "none", "conv"));
    return new Proposal(
        number,
        cell,
        SPACE.id(cell),
        1_000_000_007L * number,
        new Basis(IntStream.range(1, number).boxed().toList(), List.of(number + 1, number + 2)),
        new Explanation(
            "mutation of " + number,
            number % 2 == 0 ? Optional.of(new Prediction(0.1, 0.2)) : Optional.empty(),
            number % 2 == 0 ? Optional.of(SHARES) : Optional.empty(),
            number % 2 == 0 ? Optional.of(cell) : Optional.empty()),
        0.125);
  }

  /** A trial with a curve. */
  static Trial completed(int number) {
    return new Trial(
        proposal(number),
        new TrialResult(
            Optional.empty(),
            new Scores(OptionalDouble.of(90.5), OptionalDouble.of(89.5), Map.of("attempts", 1.0)),
            List.of(new Epoch(1, 2.5, 50, 0.02, 3.5), new Epoch(2, 1.5, 90.5, 0.01, 3.25)),
            new Size(OptionalLong.of(324_778), OptionalLong.of(1L << 40)),
            execution()));
  }

  /** A trial that failed before its network was built. */
  static Trial failed(int number) {
    return new Trial(
        proposal(number),
        new TrialResult(
            Optional.of(new Failure(Failure.Kind.OUT_OF_MEMORY, "it took 5 GB")),
            Scores.NONE,
            List.of(),
            Size.UNKNOWN,
            execution()));
  }

  private static Execution execution() {
    return new Execution(
        STARTED,
        STARTED.plusMillis(6_750),
        0.5,
        6.75,
        250.5,
        new Place("host", "driver", "cpu", Map.of("dl4j", "1.0.0-M2.1")));
  }
}
