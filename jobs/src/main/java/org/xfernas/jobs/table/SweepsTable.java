package org.xfernas.jobs.table;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import java.io.Serializable;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.DoubleType;
import org.apache.iceberg.types.Types.IntegerType;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.StringType;

/** Table {@code sweeps}: one row per evaluation of every search of a sweep. */
public final class SweepsTable {
  private static final String SWEEP_ID = "sweep_id";

  static final TableDefinition DEFINITION =
      TableDefinition.of(
          "sweeps",
          1,
          new Schema(
              required(1, SWEEP_ID, StringType.get()),
              required(2, "optimizer", StringType.get()),
              required(3, "transfer", StringType.get()),
              required(4, "task", StringType.get()),
              required(5, "guide", StringType.get()),
              optional(6, "source_points", IntegerType.get()),
              optional(7, "target_points", IntegerType.get()),
              optional(8, "guard_case", StringType.get()),
              required(9, "seed", LongType.get()),
              required(10, "evaluation", IntegerType.get()),
              optional(11, "validation_accuracy", DoubleType.get()),
              optional(12, "test_accuracy", DoubleType.get()),
              optional(13, "regret", DoubleType.get()),
              required(14, "optimizer_seconds", DoubleType.get())));

  private final StoredTable table;

  /** The table of a warehouse. */
  public SweepsTable(Warehouse warehouse) {
    table = warehouse.table(DEFINITION);
  }

  /**
   * Which search of a sweep a row belongs to.
   *
   * @param optimizer its name
   * @param transfer as the sweep's grid has it
   * @param task the target
   * @param sourcePoints results of each source
   * @param guardCase what was done to the sources
   * @param seed of the search and of the sources
   */
  public record Cell(
      String optimizer, String transfer, String task, int sourcePoints, String guardCase, long seed)
      implements Serializable {}

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
      implements Serializable {}

  /** An evaluation of a cell. */
  public record Row(Cell cell, Evaluation evaluation) {}

  /** The rows of a sweep, in no particular order. */
  public List<Row> read(String sweepId) {
    return table.rows(Expressions.equal(SWEEP_ID, sweepId)).stream().map(SweepsTable::row).toList();
  }

  /** Adds rows to a sweep, all or none. */
  public void append(String sweepId, List<Row> rows) {
    table.append(rows.stream().map(row -> record(sweepId, row)).toList());
  }

  /** Forgets a sweep. */
  public void delete(String sweepId) {
    table.delete(Expressions.equal(SWEEP_ID, sweepId));
  }

  private Record record(String sweepId, Row row) {
    Record record = table.newRow();
    record.setField(SWEEP_ID, sweepId);
    record.setField("optimizer", row.cell.optimizer);
    record.setField("transfer", row.cell.transfer);
    record.setField("task", row.cell.task);
    record.setField("guide", row.evaluation.guide);
    record.setField("source_points", row.cell.sourcePoints);
    record.setField("guard_case", row.cell.guardCase);
    record.setField("seed", row.cell.seed);
    record.setField("evaluation", row.evaluation.evaluation);
    record.setField("validation_accuracy", known(row.evaluation.validationAccuracy));
    record.setField("test_accuracy", known(row.evaluation.testAccuracy));
    record.setField("regret", known(row.evaluation.regret));
    record.setField("optimizer_seconds", row.evaluation.optimizerSeconds);
    return record;
  }

  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static Row row(Record row) {
    return new Row(
        new Cell(
            Values.text(row, "optimizer"),
            Values.text(row, "transfer"),
            Values.text(row, "task"),
            Values.integer(row, "source_points"),
            Values.text(row, "guard_case"),
            Values.longInteger(row, "seed")),
        new Evaluation(
            Values.text(row, "guide"),
            Values.integer(row, "evaluation"),
            Values.optionalDouble(row, "validation_accuracy").orElse(Double.NaN),
            Values.optionalDouble(row, "test_accuracy").orElse(Double.NaN),
            Values.optionalDouble(row, "regret").orElse(Double.NaN),
            Values.number(row, "optimizer_seconds")));
  }
}
