package org.xfernas.jobs.table;

import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.types.Types.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredTableTest {
  @TempDir Path directory;
  private TableOperations operations;

  @BeforeEach
  void createTable() {
    Schema schema = new Schema(required(1, "key", StringType.get()));
    operations =
        ((BaseTable)
                new HadoopTables(new Configuration())
                    .create(schema, directory.resolve("table").toString()))
            .operations();
  }

  @Test
  void aFileThatMayHaveBeenCommittedIsKept() {
    List<RuntimeException> unsure =
        List.of(
            new CommitStateUnknownException(new IOException("connection reset")),
            new UncheckedIOException(new IOException("no answer")));
    for (RuntimeException failure : unsure) {
      assertThatThrownBy(() -> add(table(true, failure))).isSameAs(failure);
    }
    assertThat(new StoredTable(new BaseTable(operations, "table")).rows(Expressions.alwaysTrue()))
        .extracting(row -> row.getField("key"))
        .containsExactly("a", "a");
  }

  @Test
  void aFileThatWasSurelyNotCommittedIsDeleted() throws IOException {
    RuntimeException failure = new ValidationException("it is refused");
    assertThatThrownBy(() -> add(table(false, failure))).isSameAs(failure);
    assertThat(dataFiles()).isEmpty();
  }

  private static void add(StoredTable table) {
    try (StoredTable.Addition addition = table.addition()) {
      Record row = table.newRow();
      row.setField("key", "a");
      addition.add(row);
      addition.commit();
    }
  }

  /** The table, of which every commit fails after it was done, or without it. */
  private StoredTable table(boolean done, RuntimeException failure) {
    TableOperations failing =
        (TableOperations)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {TableOperations.class},
                (proxy, method, arguments) -> {
                  boolean commit = method.getName().equals("commit");
                  try {
                    Object answer = commit && !done ? null : method.invoke(operations, arguments);
                    if (commit) {
                      throw failure;
                    }
                    return answer;
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new StoredTable(new BaseTable(failing, "table"));
  }

  private List<Path> dataFiles() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }
}
