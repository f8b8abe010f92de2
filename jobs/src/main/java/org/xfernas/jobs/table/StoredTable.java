package org.xfernas.jobs.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;

/**
 * Rows of one Iceberg table. Every change is one commit: all of its rows are there afterwards, or
 * none is.
 */
final class StoredTable {
  private final Table table;

  StoredTable(Table table) {
    this.table = table;
  }

  /** An empty row. */
  Record newRow() {
    return GenericRecord.create(table.schema());
  }

  /** The rows that hold the filter, as of now. */
  List<Record> rows(Expression filter) {
    table.refresh();
    return read(IcebergGenerics.read(table).where(filter), row -> row);
  }

  /** Whether a row holds the filter, as of now. */
  boolean any(Expression filter) {
    table.refresh();
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table).where(filter).build()) {
      return rows.iterator().hasNext();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read a table", e);
    }
  }

  /** The version of the table as of now; empty before its first row. */
  OptionalLong snapshot() {
    table.refresh();
    Snapshot current = table.currentSnapshot();
    return current == null ? OptionalLong.empty() : OptionalLong.of(current.snapshotId());
  }

  /**
   * Some columns of the rows that hold the filter, as of a version of the table.
   *
   * @throws IllegalArgumentException where that version is no longer kept
   */
  List<Record> rowsAt(long snapshot, Expression filter, String... columns) {
    return rowsAt(snapshot, filter, row -> row, columns);
  }

  /** What becomes of each row, for more of them than memory holds as they are. */
  <T> List<T> rowsAt(
      long snapshot, Expression filter, Function<Record, T> mapped, String... columns) {
    requireKept(snapshot);
    return read(
        IcebergGenerics.read(table).useSnapshot(snapshot).where(filter).select(columns), mapped);
  }

  /**
   * Refuses a version of the table that is not there.
   *
   * @throws IllegalArgumentException where it is no longer kept
   */
  void requireKept(long snapshot) {
    if (table.snapshot(snapshot) == null) {
      throw new IllegalArgumentException(
          "Cannot read the table %s as it was: this version is no longer kept (snapshot=%d)"
              .formatted(table.name(), snapshot));
    }
  }

  /** Adds the rows; they are durable when this returns. */
  void append(List<Record> rows) {
    if (!rows.isEmpty()) {
      uninterrupted(() -> table.newAppend().appendFile(write(rows)).commit());
    }
  }

  /** Rows that are added one by one, for more of them than memory holds. */
  Addition addition() {
    return new Addition();
  }

  /** Rows of a table without partitions, all there after {@link #commit}; none without it. */
  final class Addition implements AutoCloseable {
    private final EncryptedOutputFile file = newFile(null);
    private final DataWriter<Record> writer =
        new GenericFileWriterFactory.Builder(table).build().newDataWriter(file, table.spec(), null);
    private boolean mayBeCommitted;

    void add(Record row) {
      writer.write(row);
    }

    void commit() {
      closeWriter();
      try {
        uninterrupted(() -> table.newAppend().appendFile(writer.toDataFile()).commit());
        mayBeCommitted = true;
      } catch (RuntimeException e) {
        // Only some failures say for sure that the table is as it was. After others, such as a
        // connection lost, it may have the file by now, and could not be read without it.
        mayBeCommitted = !(e instanceof CleanableFailure);
        throw e;
      }
    }

    @Override
    public void close() {
      if (!mayBeCommitted) {
        closeWriter();
        table.io().deleteFile(file.encryptingOutputFile());
      }
    }

    private void closeWriter() {
      try {
        writer.close();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot write to the table " + table.name(), e);
      }
    }
  }

  /**
   * Replaces the only row with this key, provided that nobody else changed it.
   *
   * @param expected the row as it was read; null where there was none
   * @param replacement the new row
   * @return whether it was replaced
   */
  boolean replace(String keyColumn, Record expected, Record replacement) {
    table.refresh();
    Expression key = Expressions.equal(keyColumn, replacement.getField(keyColumn));
    Snapshot snapshot = table.currentSnapshot();
    OverwriteFiles overwrite =
        table
            .newOverwrite()
            .overwriteByRowFilter(key)
            .addFile(write(List.of(replacement)))
            .conflictDetectionFilter(key)
            .validateNoConflictingData()
            .validateNoConflictingDeletes();
    List<Record> found = List.of();
    if (snapshot != null) {
      overwrite.validateFromSnapshot(snapshot.snapshotId());
      found =
          read(
              IcebergGenerics.read(table).useSnapshot(snapshot.snapshotId()).where(key),
              row -> row);
    }
    if (!found.equals(expected == null ? List.of() : List.of(expected))) {
      return false;
    }
    try {
      uninterrupted(overwrite::commit);
      return true;
    } catch (ValidationException e) {
      return false;
    }
  }

  /**
   * Removes the rows that hold the filter. It must not tell rows of one data file apart, as that of
   * a whole partition never does: Iceberg drops whole files here, and refuses anything else.
   */
  void deleteFiles(Expression filter) {
    uninterrupted(() -> table.newDelete().deleteFromRowFilter(filter).commit());
  }

  /** Removes the rows with this key, also from data files that have rows with others. */
  void deleteKey(String keyColumn, String key) {
    if (any(Expressions.equal(keyColumn, key))) {
      Record row = newRow();
      row.setField(keyColumn, key);
      deleteEqual(List.of(row), keyColumn);
    }
  }

  /** Removes every row that has the same values in these columns as one of the rows given. */
  private void deleteEqual(List<Record> rows, String... columns) {
    uninterrupted(() -> table.newRowDelta().addDeletes(deleteOf(rows, columns)).commit());
  }

  /** Removes the rows of a search whose numbers are not among these. */
  void retain(String searchId, Set<Integer> numbers) {
    List<Record> others =
        rows(Expressions.equal(TableDefinition.SEARCH_ID, searchId)).stream()
            .filter(row -> !numbers.contains(Values.integer(row, TableDefinition.NUMBER)))
            .toList();
    if (!others.isEmpty()) {
      deleteEqual(others, TableDefinition.SEARCH_ID, TableDefinition.NUMBER);
    }
  }

  /** Gives the rows with this key another one. */
  void rename(String keyColumn, String from, String to) {
    List<Record> found = rows(Expressions.equal(keyColumn, from));
    List<Record> renamed = new ArrayList<>();
    for (Record row : found) {
      Record copy = row.copy();
      copy.setField(keyColumn, to);
      renamed.add(copy);
    }
    if (!renamed.isEmpty()) {
      uninterrupted(
          () ->
              table
                  .newRowDelta()
                  .addRows(write(renamed))
                  .addDeletes(deleteOf(found.subList(0, 1), keyColumn))
                  .commit());
    }
  }

  /** Tags a version of the table that is still there, so that no clean-up drops it. */
  void keep(long snapshot) {
    String tag = "source-" + snapshot;
    if (table.snapshot(snapshot) != null && !table.refs().containsKey(tag)) {
      uninterrupted(() -> table.manageSnapshots().createTag(tag, snapshot).commit());
    }
  }

  /** Drops the versions of the table that were replaced before this time. */
  void forgetVersionsBefore(Instant time) {
    uninterrupted(() -> table.expireSnapshots().expireOlderThan(time.toEpochMilli()).commit());
  }

  /**
   * Commits on a thread of its own, which nobody interrupts: after an interrupt it would be open
   * whether the commit took place. An interrupt of the caller is kept for later.
   */
  private static void uninterrupted(Runnable commit) {
    try {
      CompletableFuture.runAsync(commit, task -> new Thread(task, "commit").start()).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private DataFile write(List<Record> rows) {
    StructLike partition = partition(rows.get(0));
    DataWriter<Record> writer =
        new GenericFileWriterFactory.Builder(table)
            .build()
            .newDataWriter(newFile(partition), table.spec(), partition);
    try (writer) {
      writer.write(rows);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to the table " + table.name(), e);
    }
    return writer.toDataFile();
  }

  private DeleteFile deleteOf(List<Record> rows, String... columns) {
    Schema keySchema = table.schema().select(columns);
    EqualityDeleteWriter<Record> writer =
        new GenericFileWriterFactory.Builder(table)
            .equalityFieldIds(
                keySchema.columns().stream().mapToInt(column -> column.fieldId()).toArray())
            .equalityDeleteRowSchema(keySchema)
            .build()
            .newEqualityDeleteWriter(newFile(null), table.spec(), null);
    try (writer) {
      for (Record row : rows) {
        Record deleted = GenericRecord.create(keySchema);
        for (String column : columns) {
          deleted.setField(column, row.getField(column));
        }
        writer.write(deleted);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to the table " + table.name(), e);
    }
    return writer.toDeleteFile();
  }

  private StructLike partition(Record row) {
    if (table.spec().isUnpartitioned()) {
      return null;
    }
    PartitionKey key = new PartitionKey(table.spec(), table.schema());
    key.partition(new InternalRecordWrapper(table.schema().asStruct()).wrap(row));
    return key;
  }

  private EncryptedOutputFile newFile(StructLike partition) {
    OutputFileFactory files =
        OutputFileFactory.builderFor(table, 0, 0).format(FileFormat.PARQUET).build();
    return partition == null ? files.newOutputFile() : files.newOutputFile(partition);
  }

  private static <T> List<T> read(IcebergGenerics.ScanBuilder scan, Function<Record, T> mapped) {
    try (CloseableIterable<Record> rows = scan.build()) {
      List<T> read = new ArrayList<>();
      rows.forEach(row -> read.add(mapped.apply(row)));
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read a table", e);
    }
  }
}
