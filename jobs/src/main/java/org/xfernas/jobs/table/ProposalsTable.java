package org.xfernas.jobs.table;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.ArchitectureId;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Proposal.Basis;
import org.xfernas.search.trial.Proposal.Explanation;
import org.xfernas.search.trial.TransferShares;
import org.xfernas.search.trial.TransferShares.Source;

/**
 * Table {@code proposals}: one row per proposal, written before its trial is launched. From it a
 * search goes on after a stop, and can be explained.
 */
public final class ProposalsTable {
  static final TableDefinition DEFINITION =
      TableDefinition.of(
          "proposals",
          2,
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
              required(13, "proposed", TimestampType.withZone()),
              optional(18, "universal_share", DoubleType.get()),
              optional(19, "residual_share", DoubleType.get()),
              optional(20, "shadow", StringType.get())));

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
   * @param sources what each source task was worth, by number
   */
  SortedMap<Integer, Proposal> read(
      String searchId, SearchSpace space, Map<Integer, List<Source>> sources) {
    SortedMap<Integer, Proposal> proposals = new TreeMap<>();
    for (Record row : table.rows(Expressions.equal(TableDefinition.SEARCH_ID, searchId))) {
      int number = Values.integer(row, TableDefinition.NUMBER);
      Proposal proposal = proposal(row, space, sources.getOrDefault(number, List.of()));
      proposals.putIfAbsent(number, proposal);
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
    Explanation explanation = proposal.explanation();
    Optional<Prediction> prediction = explanation.prediction();
    Optional<TransferShares> transfer = explanation.transfer();
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
    row.setField("source_weights", weights(transfer));
    row.setField("universal_share", transfer.map(TransferShares::universal).orElse(null));
    row.setField("residual_share", transfer.map(TransferShares::residual).orElse(null));
    row.setField("shadow", explanation.shadow().map(Architecture::text).orElse(null));
    row.setField("reason", explanation.reason());
    row.setField("optimizer_seconds", proposal.optimizerSeconds());
    row.setField("proposed", Values.time(now));
    return row;
  }

  private static Map<String, Double> weights(Optional<TransferShares> transfer) {
    Map<String, Double> weights = new TreeMap<>();
    transfer.ifPresent(
        shares -> shares.sources().forEach(source -> weights.put(source.task(), source.weight())));
    return weights;
  }

  private static Proposal proposal(Record row, SearchSpace space, List<Source> sources) {
    return new Proposal(
        Values.integer(row, TableDefinition.NUMBER),
        space.parse(Values.text(row, "architecture")),
        new ArchitectureId(Values.text(row, "architecture_id")),
        Values.longInteger(row, "seed"),
        new Basis(Values.integers(row, "observed"), Values.integers(row, "pending")),
        new Explanation(
            Values.text(row, "reason"),
            Values.pair(row, "predicted_mean", "predicted_standard_deviation", Prediction::new),
            Values.pair(
                row,
                "universal_share",
                "residual_share",
                (universal, residual) -> new TransferShares(universal, residual, sources)),
            Values.optionalText(row, "shadow").map(space::parse)),
        Values.number(row, "optimizer_seconds"));
  }
}
