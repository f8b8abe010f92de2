package org.xfernas.jobs.table;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.BooleanType;
import org.apache.iceberg.types.Types.DoubleType;
import org.apache.iceberg.types.Types.IntegerType;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.MapType;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.StringType;
import org.apache.iceberg.types.Types.TimestampType;
import org.xfernas.search.Sha256;
import org.xfernas.search.trial.Failure;
import org.xfernas.search.trial.Fidelity;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialResult;
import org.xfernas.search.trial.TrialResult.Epoch;
import org.xfernas.search.trial.TrialResult.Execution;
import org.xfernas.search.trial.TrialResult.Place;
import org.xfernas.search.trial.TrialResult.Scores;
import org.xfernas.search.trial.TrialResult.Size;

/** Table {@code trials}: one row per finished trial, failed ones included. */
public final class TrialsTable {
  /** Column with the name of the search. */
  public static final String SEARCH_ID = TableDefinition.SEARCH_ID;

  /** Column with the proposal's number in its search. */
  public static final String NUMBER = TableDefinition.NUMBER;

  static final TableDefinition DEFINITION =
      TableDefinition.of(
          "trials",
          2,
          new Schema(
              required(1, TableDefinition.SEARCH_ID, StringType.get()),
              required(2, TableDefinition.NUMBER, IntegerType.get()),
              required(3, "task", StringType.get()),
              required(4, "space", StringType.get()),
              required(5, "architecture", StringType.get()),
              required(6, "architecture_id", StringType.get()),
              optional(7, "epochs", IntegerType.get()),
              optional(8, "data_fraction", DoubleType.get()),
              optional(9, "protocol", StringType.get()),
              required(10, "seed", LongType.get()),
              required(11, "status", StringType.get()),
              optional(12, "failure_kind", StringType.get()),
              optional(13, "failure_reason", StringType.get()),
              optional(14, "validation_accuracy", DoubleType.get()),
              optional(15, "test_accuracy", DoubleType.get()),
              required(
                  16, "metrics", MapType.ofRequired(28, 29, StringType.get(), DoubleType.get())),
              optional(17, "parameters", LongType.get()),
              optional(18, "flops", LongType.get()),
              required(19, "seconds_waiting", DoubleType.get()),
              required(20, "seconds_training", DoubleType.get()),
              required(21, "images_per_s", DoubleType.get()),
              required(22, "started", TimestampType.withZone()),
              required(23, "finished", TimestampType.withZone()),
              required(24, "host", StringType.get()),
              required(25, "executor", StringType.get()),
              required(26, "device", StringType.get()),
              required(
                  27, "versions", MapType.ofRequired(30, 31, StringType.get(), StringType.get())),
              optional(32, "data_fingerprint", StringType.get()),
              optional(33, "metric", StringType.get()),
              optional(34, "minimize", BooleanType.get())));

  static final String COMPLETED = "completed";

  /** What the column {@code status} says of a trial without a result. */
  public static final String FAILED = "failed";

  /** What the column {@code status} may say. */
  public static final List<String> STATUSES = List.of(COMPLETED, FAILED);

  /** What files of trials have: all but the times, the places, and texts that may name these. */
  private static final Schema EXCHANGED =
      DEFINITION
          .schema()
          .select(
              SEARCH_ID,
              NUMBER,
              "task",
              "data_fingerprint",
              "space",
              "architecture",
              "architecture_id",
              "epochs",
              "data_fraction",
              "protocol",
              "metric",
              "minimize",
              "seed",
              "status",
              "failure_kind",
              "validation_accuracy",
              "test_accuracy",
              "parameters",
              "flops",
              "seconds_waiting",
              "seconds_training",
              "images_per_s");

  private final StoredTable table;

  /** The table of a warehouse. */
  public TrialsTable(Warehouse warehouse) {
    table = warehouse.table(DEFINITION);
  }

  /** The columns that files of trials have, in the table's order. */
  public static Schema exchanged() {
    return EXCHANGED;
  }

  /** Their names. */
  public static List<String> exchangedColumns() {
    return EXCHANGED.columns().stream().map(NestedField::name).toList();
  }

  /** Whether a search of this name has trials. */
  public boolean knows(String searchId) {
    return table.any(Expressions.equal(SEARCH_ID, searchId));
  }

  /**
   * Trials that were made elsewhere.
   *
   * @param searchId under which they are kept
   * @param now the time that stands for those of the trials
   */
  public ImportedTrials importing(String searchId, Instant now) {
    return new ImportedTrials(table, searchId, now);
  }

  /** What {@link ImportedTrials#contents} was of the trials of a search when they came. */
  public String contents(String searchId) {
    MessageDigest digest = Sha256.digest();
    snapshot().stream()
        .mapToObj(
            snapshot ->
                table.rowsAt(
                    snapshot,
                    Expressions.equal(SEARCH_ID, searchId),
                    row -> Map.entry(Values.integer(row, NUMBER), ImportedTrials.contents(row)),
                    Stream.concat(Stream.of(NUMBER), ImportedTrials.CONTENTS.stream())
                        .toArray(String[]::new)))
        .flatMap(List::stream)
        .sorted(Map.Entry.comparingByKey())
        .forEach(trial -> digest.update(trial.getValue()));
    return Sha256.hex(digest);
  }

  /** The version of the table as of now; empty before the first trial. */
  public OptionalLong snapshot() {
    return table.snapshot();
  }

  /**
   * Refuses a version of the table that is not there.
   *
   * @throws IllegalArgumentException where it is no longer kept
   */
  public void requireKept(long snapshot) {
    table.requireKept(snapshot);
  }

  /**
   * Every trial as of a version of the table, by its knowledge unit, in the order of searches and
   * numbers.
   */
  public Map<KnowledgeUnit, List<EvaluatedText>> units(long snapshot) {
    Map<String, String> searches = new HashMap<>();
    Map<KnowledgeUnit, KnowledgeUnit> shared = new HashMap<>();
    List<Told> rows =
        new ArrayList<>(
            table.rowsAt(
                snapshot,
                Expressions.alwaysTrue(),
                row ->
                    new Told(
                        searches.computeIfAbsent(
                            Values.text(row, TableDefinition.SEARCH_ID), search -> search),
                        Values.integer(row, TableDefinition.NUMBER),
                        shared.computeIfAbsent(unit(row), unit -> unit),
                        new EvaluatedText(
                            Values.text(row, "architecture"),
                            Values.optionalDouble(row, "validation_accuracy"))),
                ofAUnit(TableDefinition.NUMBER, "architecture", "validation_accuracy")));
    rows.sort(Comparator.comparing(Told::searchId).thenComparing(Told::number));
    Map<Object, KnowledgeUnit> units = new HashMap<>();
    Map<KnowledgeUnit, List<EvaluatedText>> results = new LinkedHashMap<>();
    Told last = null;
    for (Told row : rows) {
      if (last == null || !row.isOfTrial(last)) {
        results
            .computeIfAbsent(
                units.computeIfAbsent(row.unit.key(), key -> row.unit), known -> new ArrayList<>())
            .add(row.result);
      }
      last = row;
    }
    return results;
  }

  /** What sources are made of, of one trial; those of a unit share it, as there may be millions. */
  private record Told(String searchId, int number, KnowledgeUnit unit, EvaluatedText result) {
    boolean isOfTrial(Told other) {
      return number == other.number && searchId.equals(other.searchId);
    }
  }

  /** Under what the trials of each search were evaluated, as of a version of the table. */
  public Map<String, Set<KnowledgeUnit>> unitsBySearch(long snapshot) {
    Map<String, Set<KnowledgeUnit>> units = new TreeMap<>();
    for (Record row : table.rowsAt(snapshot, Expressions.alwaysTrue(), ofAUnit())) {
      units
          .computeIfAbsent(
              Values.text(row, TableDefinition.SEARCH_ID), search -> new LinkedHashSet<>())
          .add(unit(row));
    }
    return units;
  }

  /**
   * The best result of a unit.
   *
   * @param snapshot version of the table
   * @return the earliest of equals; empty where there is no success
   */
  public Optional<EvaluatedText> best(KnowledgeUnit unit, OptionalLong snapshot) {
    if (snapshot.isEmpty()) {
      return Optional.empty();
    }
    Optional<EvaluatedText> best = Optional.empty();
    double bestScore = Double.NEGATIVE_INFINITY;
    for (Record row :
        table.rowsAt(
            snapshot.getAsLong(),
            Expressions.and(sameData(unit), Expressions.notNull("validation_accuracy")),
            ofAUnit("architecture", "validation_accuracy"))) {
      double value = Values.number(row, "validation_accuracy");
      double score = unit.objective().score(value);
      if (score > bestScore && unit(row).key().equals(unit.key())) {
        best =
            Optional.of(
                new EvaluatedText(Values.text(row, "architecture"), OptionalDouble.of(value)));
        bestScore = score;
      }
    }
    return best;
  }

  /**
   * How many trials a unit has, and what they took together.
   *
   * @param snapshot version of the table
   */
  public SearchesTable.Reused spent(KnowledgeUnit unit, long snapshot) {
    Set<Object> trials = new HashSet<>();
    double seconds = 0;
    for (Record row : table.rowsAt(snapshot, sameData(unit), ofAUnit(NUMBER, "seconds_training"))) {
      if (unit(row).key().equals(unit.key())
          && trials.add(List.of(Values.text(row, SEARCH_ID), Values.integer(row, NUMBER)))) {
        seconds += Values.number(row, "seconds_training");
      }
    }
    return new SearchesTable.Reused(trials.size(), seconds);
  }

  /** Holds for all rows of a unit, and for others of its data set or, without one, its task. */
  private static Expression sameData(KnowledgeUnit unit) {
    return unit.fingerprint().isPresent()
        ? Expressions.equal("data_fingerprint", unit.fingerprint().get())
        : Expressions.equal("task", unit.task());
  }

  /** The unit of the trials of a search; none where there are none. */
  public Set<KnowledgeUnit> unitsOf(String searchId) {
    Set<KnowledgeUnit> units = new LinkedHashSet<>();
    for (Record row : table.rows(Expressions.equal(TableDefinition.SEARCH_ID, searchId))) {
      units.add(unit(row));
    }
    return units;
  }

  /** The columns of a trial's search and unit, and others. */
  private static String[] ofAUnit(String... others) {
    return Stream.concat(
            Stream.of(
                TableDefinition.SEARCH_ID,
                "task",
                "data_fingerprint",
                "space",
                "epochs",
                "data_fraction",
                "protocol",
                "metric",
                "minimize"),
            Stream.of(others))
        .toArray(String[]::new);
  }

  private static KnowledgeUnit unit(Record row) {
    Objective objective =
        Values.optionalText(row, "metric")
            .map(metric -> new Objective(metric, (Boolean) row.getField("minimize")))
            .orElse(Objective.VALIDATION_ACCURACY);
    return new KnowledgeUnit(
        Values.text(row, "task"),
        Values.optionalText(row, "data_fingerprint"),
        Values.text(row, "space"),
        Optional.ofNullable((Integer) row.getField("epochs"))
            .map(epochs -> new Fidelity(epochs, Values.number(row, "data_fraction"))),
        Values.optionalText(row, "protocol"),
        objective);
  }

  /**
   * Results of a search by number.
   *
   * @param curves of the search, by number
   */
  SortedMap<Integer, TrialResult> read(String searchId, Map<Integer, List<Epoch>> curves) {
    SortedMap<Integer, TrialResult> results = new TreeMap<>();
    for (Record row : table.rows(Expressions.equal(TableDefinition.SEARCH_ID, searchId))) {
      int number = Values.integer(row, TableDefinition.NUMBER);
      results.putIfAbsent(number, result(row, curves.getOrDefault(number, List.of())));
    }
    return results;
  }

  void append(String searchId, KnowledgeUnit unit, List<Trial> trials) {
    table.append(trials.stream().map(trial -> record(searchId, unit, trial)).toList());
  }

  void rename(String from, String to) {
    table.rename(TableDefinition.SEARCH_ID, from, to);
  }

  private Record record(String searchId, KnowledgeUnit unit, Trial trial) {
    Proposal proposal = trial.proposal();
    TrialResult result = trial.result();
    Execution execution = result.execution();
    Record row = table.newRow();
    row.setField(TableDefinition.SEARCH_ID, searchId);
    row.setField(TableDefinition.NUMBER, proposal.number());
    row.setField("task", unit.task());
    row.setField("space", unit.space());
    row.setField("architecture", proposal.architecture().text());
    row.setField("architecture_id", proposal.id().value());
    row.setField("epochs", unit.fidelity().map(Fidelity::epochs).orElse(null));
    row.setField("data_fraction", unit.fidelity().map(Fidelity::dataFraction).orElse(null));
    row.setField("protocol", unit.protocol().orElse(null));
    row.setField("seed", proposal.seed());
    row.setField("status", result.completed() ? COMPLETED : FAILED);
    row.setField("failure_kind", result.failure().map(TrialsTable::kind).orElse(null));
    row.setField("failure_reason", result.failure().map(Failure::reason).orElse(null));
    row.setField("validation_accuracy", Values.orNull(result.scores().validation()));
    row.setField("test_accuracy", Values.orNull(result.scores().test()));
    row.setField("metrics", result.scores().others());
    row.setField("parameters", Values.orNull(result.size().parameters()));
    row.setField("flops", Values.orNull(result.size().flops()));
    row.setField("seconds_waiting", execution.secondsWaiting());
    row.setField("seconds_training", execution.secondsTraining());
    row.setField("images_per_s", execution.imagesPerSecond());
    row.setField("started", Values.time(execution.started()));
    row.setField("finished", Values.time(execution.finished()));
    row.setField("host", execution.place().host());
    row.setField("executor", execution.place().executor());
    row.setField("device", execution.place().device());
    row.setField("data_fingerprint", unit.fingerprint().orElse(null));
    row.setField("metric", unit.objective().metric());
    row.setField("minimize", unit.objective().minimize());
    row.setField("versions", execution.place().versions());
    return row;
  }

  private static TrialResult result(Record row, List<Epoch> curve) {
    return new TrialResult(
        Values.optionalText(row, "failure_kind")
            .map(kind -> new Failure(kind(kind), Values.text(row, "failure_reason"))),
        new Scores(
            Values.optionalDouble(row, "validation_accuracy"),
            Values.optionalDouble(row, "test_accuracy"),
            Values.numbers(row, "metrics")),
        curve,
        new Size(Values.optionalLong(row, "parameters"), Values.optionalLong(row, "flops")),
        new Execution(
            Values.instant(row, "started"),
            Values.instant(row, "finished"),
            Values.number(row, "seconds_waiting"),
            Values.number(row, "seconds_training"),
            Values.number(row, "images_per_s"),
            new Place(
                Values.text(row, "host"),
                Values.text(row, "executor"),
                Values.text(row, "device"),
                Values.texts(row, "versions"))));
  }

  private static String kind(Failure failure) {
    return failure.kind().name().toLowerCase(Locale.ROOT);
  }

  private static Failure.Kind kind(String stored) {
    return Failure.Kind.valueOf(stored.toUpperCase(Locale.ROOT));
  }
}
