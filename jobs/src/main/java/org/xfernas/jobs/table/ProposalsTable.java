package org.xfernas.jobs.table;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.DoubleType;
import org.apache.iceberg.types.Types.IntegerType;
import org.apache.iceberg.types.Types.ListType;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.MapType;
import org.apache.iceberg.types.Types.StringType;
import org.apache.iceberg.types.Types.TimestampType;
import org.xfernas.search.space.ArchitectureId;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Proposal.Basis;
import org.xfernas.search.trial.Proposal.Explanation;

/**
 * Table {@code proposals}: one row per proposal, written before its trial is launched. From it a
 * search goes on after a stop, and can be explained.
 */
public final class ProposalsTable {
  static final TableDefinition DEFINITION =
      TableDefinition.of(
          "proposals",
          1,
          new Schema(
              required(1, TableDefinition.SEARCH_ID, StringType.get()),
              required(2, TableDefinition.NUMBER, IntegerType.get()),
              required(3, "architecture", StringType.get()),
              required(4, "architecture_id", StringType.get()),
              required(5, "seed", LongType.get()),
              required(6, "observed", ListType.ofRequired(14, IntegerType.get())),
              required(7, "pending", ListType.ofRequired(15, IntegerType.get())),
              optional(8, "predicted_mean", DoubleType.get()),
              optional(9, "predicted_standard_deviation", DoubleType.get()),
              required(
                  10,
                  "source_weights",
                  MapType.ofRequired(16, 17, StringType.get(), DoubleType.get())),
              required(11, "reason", StringType.get()),
              required(12, "optimizer_seconds", DoubleType.get()),
              required(13, "proposed", TimestampType.withZone())));

  private final StoredTable table;

  /** The table of a warehouse. */
  public ProposalsTable(Warehouse warehouse) {
    table = warehouse.table(DEFINITION);
  }

  /**
   * Proposals of a search by number.
   *
   * @param searchId name of the search
   * @param space of the search, which reads the texts
   */
  public SortedMap<Integer, Proposal> read(String searchId, SearchSpace space) {
    SortedMap<Integer, Proposal> proposals = new TreeMap<>();
    for (Record row : table.rows(Expressions.equal(TableDefinition.SEARCH_ID, searchId))) {
      Proposal proposal = proposal(row, space);
      proposals.putIfAbsent(proposal.number(), proposal);
    }
    return proposals;
  }

  void append(String searchId, List<Proposal> proposals, Instant now) {
    table.append(proposals.stream().map(proposal -> record(searchId, proposal, now)).toList());
  }

  void rename(String from, String to) {
    table.rename(TableDefinition.SEARCH_ID, from, to);
  }

  private Record record(String searchId, Proposal proposal, Instant now) {
    Optional<Prediction> prediction = proposal.explanation().prediction();
    Record row = table.newRow();
    row.setField(TableDefinition.SEARCH_ID, searchId);
    row.setField(TableDefinition.NUMBER, proposal.number());
    row.setField("architecture", proposal.architecture().text());
    row.setField("architecture_id", proposal.id().value());
    row.setField("seed", proposal.seed());
    row.setField("observed", proposal.basis().observed());
    row.setField("pending", proposal.basis().pending());
    row.setField("predicted_mean", prediction.map(Prediction::mean).orElse(null));
    row.setField(
        "predicted_standard_deviation", prediction.map(Prediction::standardDeviation).orElse(null));
    row.setField("source_weights", Map.of());
    row.setField("reason", proposal.explanation().reason());
    row.setField("optimizer_seconds", proposal.optimizerSeconds());
    row.setField("proposed", Values.time(now));
    return row;
  }

  private static Proposal proposal(Record row, SearchSpace space) {
    OptionalDouble mean = Values.optionalDouble(row, "predicted_mean");
    return new Proposal(
        Values.integer(row, TableDefinition.NUMBER),
        space.parse(Values.text(row, "architecture")),
        new ArchitectureId(Values.text(row, "architecture_id")),
        Values.longInteger(row, "seed"),
        new Basis(Values.integers(row, "observed"), Values.integers(row, "pending")),
        new Explanation(
            Values.text(row, "reason"),
            mean.isEmpty()
                ? Optional.empty()
                : Optional.of(
                    new Prediction(
                        mean.getAsDouble(), Values.number(row, "predicted_standard_deviation"))),
            Optional.empty(),
            Optional.empty()),
        Values.number(row, "optimizer_seconds"));
  }
}
