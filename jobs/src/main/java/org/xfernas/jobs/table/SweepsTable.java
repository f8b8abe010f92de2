package org.xfernas.jobs.table;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.DoubleType;
import org.apache.iceberg.types.Types.IntegerType;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.StringType;

/**
 * Table {@code sweeps}: one row per evaluation of every search of a sweep; in a sweep over
 * predictions one row per cell, whose {@code optimizer} is the surrogate, whose {@code evaluation}
 * is {@code target_points}, and whose {@code regret} is that of the predicted best.
 */
public final class SweepsTable {
  private static final String SWEEP_ID = "sweep_id";
  private static final String TARGET_POINTS = "target_points";
  private static final String[] OF_A_CELL = {
    SWEEP_ID, "optimizer", "transfer", "task", "source_points", TARGET_POINTS, "guard_case", "seed"
  };

  static final TableDefinition DEFINITION =
      TableDefinition.of(
          "sweeps",
          2,
          new Schema(
              required(1, SWEEP_ID, StringType.get()),
              required(2, "optimizer", StringType.get()),
              required(3, "transfer", StringType.get()),
              required(4, "task", StringType.get()),
              required(5, "guide", StringType.get()),
              optional(6, "source_points", IntegerType.get()),
              optional(7, TARGET_POINTS, IntegerType.get()),
              optional(8, "guard_case", StringType.get()),
              required(9, "seed", LongType.get()),
              required(10, "evaluation", IntegerType.get()),
              optional(11, "validation_accuracy", DoubleType.get()),
              optional(12, "test_accuracy", DoubleType.get()),
              optional(13, "regret", DoubleType.get()),
              required(14, "optimizer_seconds", DoubleType.get()),
              optional(15, "pearson", DoubleType.get()),
              optional(16, "spearman", DoubleType.get()),
              optional(17, "kendall", DoubleType.get()),
              optional(18, "spearman_top_tenth", DoubleType.get())));

  private final StoredTable table;

  /** The table of a warehouse. */
  public SweepsTable(Warehouse warehouse) {
    table = warehouse.table(DEFINITION);
  }

  /**
   * Which cell of a sweep a row belongs to.
   *
   * @param learner name of the optimizer or the surrogate
   * @param transfer as the sweep's grid has it
   * @param task the target
   * @param sourcePoints results of each source
   * @param targetPoints results of the target that a surrogate is fitted to; null in a search
   * @param guardCase what was done to the sources
   * @param seed of the draws and the search
   */
  public record Cell(
      String learner,
      String transfer,
      String task,
      int sourcePoints,
      Integer targetPoints,
      String guardCase,
      long seed)
      implements Serializable {}

  /** What a row says of its cell. */
  public sealed interface Result extends Serializable permits Evaluation, Measures {}

  /**
   * One evaluation. What is not known is NaN: the best before the first success, a test metric that
   * the table lacks.
   *
   * @param guide name of the metric that guided the search
   * @param evaluation from 1, failed ones included
   * @param validationAccuracy of the best so far by the guiding metric, on its own scale
   * @param testAccuracy of the same architecture
   * @param regret of the best so far, in per cent of optimum - median
   * @param optimizerSeconds that this proposal took
   */
  public record Evaluation(
      String guide,
      int evaluation,
      double validationAccuracy,
      double testAccuracy,
      double regret,
      double optimizerSeconds)
      implements Result {}

  /**
   * How predictions agree with the truth, over architectures that the surrogate was not fitted to.
   * A correlation is NaN where one side is constant.
   *
   * @param metric that is predicted
   * @param pearson correlation of prediction and truth
   * @param spearman that of their ranks
   * @param kendall tau-b
   * @param spearmanTopTenth that of the ranks within the tenth that is best in truth
   * @param regretOfBest of what is predicted best, in per cent of optimum - median; the mean over
   *     equal predictions
   * @param fitSeconds that the fit took; the first fit to some sources includes what is learnt of
   *     them
   */
  public record Measures(
      String metric,
      double pearson,
      double spearman,
      double kendall,
      double spearmanTopTenth,
      double regretOfBest,
      double fitSeconds)
      implements Result {}

  /** A result of a cell. */
  public record Row(Cell cell, Result result) implements Serializable {}

  /** The rows of a sweep, in no particular order. */
  public List<Row> read(String sweepId) {
    return table.rows(Expressions.equal(SWEEP_ID, sweepId)).stream().map(SweepsTable::row).toList();
  }

  /** How many cells of each sweep have rows. */
  public Map<String, Integer> cells() {
    OptionalLong snapshot = table.snapshot();
    Map<String, Set<List<Object>>> cells = new TreeMap<>();
    if (snapshot.isPresent()) {
      for (Record row : table.rowsAt(snapshot.getAsLong(), Expressions.alwaysTrue(), OF_A_CELL)) {
        List<Object> cell = new ArrayList<>();
        for (String column : OF_A_CELL) {
          cell.add(row.getField(column));
        }
        cells.computeIfAbsent(Values.text(row, SWEEP_ID), sweep -> new HashSet<>()).add(cell);
      }
    }
    Map<String, Integer> counts = new TreeMap<>();
    cells.forEach((sweep, of) -> counts.put(sweep, of.size()));
    return counts;
  }

  /** Adds rows to a sweep, all or none. */
  public void append(String sweepId, List<Row> rows) {
    table.append(rows.stream().map(row -> record(sweepId, row)).toList());
  }

  /** Forgets a sweep. */
  public void delete(String sweepId) {
    table.deleteKey(SWEEP_ID, sweepId);
  }

  private Record record(String sweepId, Row row) {
    Record record = table.newRow();
    record.setField(SWEEP_ID, sweepId);
    record.setField("optimizer", row.cell.learner);
    record.setField("transfer", row.cell.transfer);
    record.setField("task", row.cell.task);
    record.setField("source_points", row.cell.sourcePoints);
    record.setField(TARGET_POINTS, row.cell.targetPoints);
    record.setField("guard_case", row.cell.guardCase);
    record.setField("seed", row.cell.seed);
    if (row.result instanceof Evaluation evaluation) {
      set(record, evaluation);
    } else if (row.result instanceof Measures measures) {
      set(record, measures);
      record.setField("evaluation", row.cell.targetPoints);
    }
    return record;
  }

  private static void set(Record record, Evaluation evaluation) {
    record.setField("guide", evaluation.guide);
    record.setField("evaluation", evaluation.evaluation);
    record.setField("validation_accuracy", known(evaluation.validationAccuracy));
    record.setField("test_accuracy", known(evaluation.testAccuracy));
    record.setField("regret", known(evaluation.regret));
    record.setField("optimizer_seconds", evaluation.optimizerSeconds);
  }

  private static void set(Record record, Measures measures) {
    record.setField("guide", measures.metric);
    record.setField("pearson", known(measures.pearson));
    record.setField("spearman", known(measures.spearman));
    record.setField("kendall", known(measures.kendall));
    record.setField("spearman_top_tenth", known(measures.spearmanTopTenth));
    record.setField("regret", known(measures.regretOfBest));
    record.setField("optimizer_seconds", measures.fitSeconds);
  }

  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static Row row(Record row) {
    Integer targetPoints = (Integer) row.getField(TARGET_POINTS);
    return new Row(
        new Cell(
            Values.text(row, "optimizer"),
            Values.text(row, "transfer"),
            Values.text(row, "task"),
            Values.integer(row, "source_points"),
            targetPoints,
            Values.text(row, "guard_case"),
            Values.longInteger(row, "seed")),
        targetPoints == null ? evaluation(row) : measures(row));
  }

  private static Evaluation evaluation(Record row) {
    return new Evaluation(
        Values.text(row, "guide"),
        Values.integer(row, "evaluation"),
        orNaN(row, "validation_accuracy"),
        orNaN(row, "test_accuracy"),
        orNaN(row, "regret"),
        Values.number(row, "optimizer_seconds"));
  }

  private static Measures measures(Record row) {
    return new Measures(
        Values.text(row, "guide"),
        orNaN(row, "pearson"),
        orNaN(row, "spearman"),
        orNaN(row, "kendall"),
        orNaN(row, "spearman_top_tenth"),
        orNaN(row, "regret"),
        Values.number(row, "optimizer_seconds"));
  }

  private static double orNaN(Record row, String column) {
    return Values.optionalDouble(row, column).orElse(Double.NaN);
  }
}
