package org.xfernas.jobs.table;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.data.Record;
import org.xfernas.search.Sha256;

/** Trials of one file on their way into the table: all are there after {@link #commit}, or none. */
public final class ImportedTrials implements AutoCloseable {
  private static final String NOT_KNOWN = "not known";

  /** What a file tells of a trial; the names of search and number are given anew. */
  static final List<String> CONTENTS =
      TrialsTable.exchangedColumns().stream()
          .filter(
              column -> !column.equals(TrialsTable.SEARCH_ID) && !column.equals(TrialsTable.NUMBER))
          .toList();

  private final StoredTable table;
  private final StoredTable.Addition rows;
  private final String searchId;
  private final Instant now;
  private final MessageDigest digest = Sha256.digest();
  private int number;

  ImportedTrials(StoredTable table, String searchId, Instant now) {
    this.table = table;
    this.rows = table.addition();
    this.searchId = searchId;
    this.now = now;
  }

  /**
   * Adds a trial, which gets the next number.
   *
   * @param values by columns of {@link TrialsTable#exchanged}; task, space, architecture,
   *     architecture_id and status among them
   */
  public void add(Map<String, Object> values) {
    Record row = table.newRow();
    row.setField("seed", 0L);
    row.setField("seconds_waiting", 0.0);
    row.setField("seconds_training", 0.0);
    row.setField("images_per_s", 0.0);
    values.forEach(row::setField);
    row.setField(TrialsTable.SEARCH_ID, searchId);
    number++;
    row.setField(TrialsTable.NUMBER, number);
    if (values.get("status").equals(TrialsTable.FAILED)) {
      row.setField("failure_reason", NOT_KNOWN);
    }
    row.setField("metrics", Map.of());
    row.setField("versions", Map.of());
    row.setField("started", Values.time(now));
    row.setField("finished", Values.time(now));
    row.setField("host", NOT_KNOWN);
    row.setField("executor", NOT_KNOWN);
    row.setField("device", NOT_KNOWN);
    rows.add(row);
    digest.update(contents(row));
  }

  /**
   * SHA-256 of those of all that were added, once all were: the same whatever the format of their
   * file.
   */
  public String contents() {
    return Sha256.hex(digest);
  }

  /** SHA-256 of one trial, as the table has it. */
  static byte[] contents(Record row) {
    MessageDigest digest = Sha256.digest();
    for (String column : CONTENTS) {
      Object value = row.getField(column);
      digest.update((value == null ? "\0" : value + "\0").getBytes(StandardCharsets.UTF_8));
    }
    return digest.digest();
  }

  /** How many were added. */
  public int count() {
    return number;
  }

  /** Makes them a part of the table. */
  public void commit() {
    rows.commit();
  }

  @Override
  public void close() {
    rows.close();
  }
}
