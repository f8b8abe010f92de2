package org.xfernas.jobs.table;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.DoubleType;
import org.apache.iceberg.types.Types.IntegerType;
import org.apache.iceberg.types.Types.StringType;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.TransferShares;
import org.xfernas.search.trial.TransferShares.Source;

/** Table {@code transfer}: what each source task was worth when a proposal was made. */
public final class TransferTable {
  static final TableDefinition DEFINITION =
      TableDefinition.of(
          "transfer",
          1,
          new Schema(
              required(1, TableDefinition.SEARCH_ID, StringType.get()),
              required(2, TableDefinition.NUMBER, IntegerType.get()),
              required(3, "source_task", StringType.get()),
              required(4, "similarity", DoubleType.get()),
              optional(5, "similarity_standard_deviation", DoubleType.get()),
              required(6, "weight", DoubleType.get())));

  private final StoredTable table;

  /** The table of a warehouse. */
  public TransferTable(Warehouse warehouse) {
    table = warehouse.table(DEFINITION);
  }

  /** The source tasks of each proposal of a search, in the order of their names, by its number. */
  SortedMap<Integer, List<Source>> read(String searchId) {
    SortedMap<Integer, SortedMap<String, Source>> sources = new TreeMap<>();
    for (Record row : table.rows(Expressions.equal(TableDefinition.SEARCH_ID, searchId))) {
      Source source = source(row);
      sources
          .computeIfAbsent(Values.integer(row, TableDefinition.NUMBER), number -> new TreeMap<>())
          .put(source.task(), source);
    }
    SortedMap<Integer, List<Source>> ordered = new TreeMap<>();
    sources.forEach((number, tasks) -> ordered.put(number, List.copyOf(tasks.values())));
    return ordered;
  }

  void append(String searchId, List<Proposal> proposals) {
    List<Record> rows = new ArrayList<>();
    for (Proposal proposal : proposals) {
      List<Source> sources =
          proposal.explanation().transfer().map(TransferShares::sources).orElse(List.of());
      sources.forEach(source -> rows.add(record(searchId, proposal.number(), source)));
    }
    table.append(rows);
  }

  /** Removes the rows of all other proposals, whose driver was killed before it wrote them. */
  void retain(String searchId, Set<Integer> proposals) {
    table.retain(searchId, proposals);
  }

  void rename(String from, String to) {
    table.rename(TableDefinition.SEARCH_ID, from, to);
  }

  private Record record(String searchId, int number, Source source) {
    Record row = table.newRow();
    row.setField(TableDefinition.SEARCH_ID, searchId);
    row.setField(TableDefinition.NUMBER, number);
    row.setField("source_task", source.task());
    row.setField("similarity", source.similarity());
    row.setField("similarity_standard_deviation", source.uncertainty());
    row.setField("weight", source.weight());
    return row;
  }

  private static Source source(Record row) {
    return new Source(
        Values.text(row, "source_task"),
        Values.number(row, "similarity"),
        Values.number(row, "similarity_standard_deviation"),
        Values.number(row, "weight"));
  }
}
