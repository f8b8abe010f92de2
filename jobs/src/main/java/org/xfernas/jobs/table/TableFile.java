package org.xfernas.jobs.table;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.UsageException;
import org.xfernas.search.Sha256;
import org.xfernas.search.evaluator.ArchitectureTable;
import org.xfernas.search.evaluator.CsvTable;

/**
 * A file of a user with one row per architecture.
 *
 * @param section of the configuration that names it, for messages
 * @param path a CSV file, a CSV file compressed by gzip, or a file or directory of Parquet
 * @param architecture column with the architecture's text
 * @param numeric columns with numbers that are read
 */
public record TableFile(String section, Path path, String architecture, List<String> numeric) {

  /** Whether it can be read without Spark. */
  public static boolean isCsv(Path path) {
    String name = path.getFileName().toString();
    return name.endsWith(".csv") || name.endsWith(".csv.gz");
  }

  /**
   * SHA-256 of a file's bytes, in hexadecimal; of a directory, of those of all its files, in the
   * order of their names.
   */
  public static String sha256(Path path) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
      }
    }
    return Sha256.hex(digest);
  }

  /**
   * The table of a CSV file.
   *
   * @throws UsageException where the content is no such table
   */
  public ArchitectureTable readCsv() throws IOException {
    try {
      return CsvTable.read(path, architecture, numeric);
    } catch (IllegalArgumentException e) {
      throw unusable(e.getMessage());
    }
  }

  /**
   * The table of a file or directory of Parquet.
   *
   * @throws UsageException where the content is no such table
   */
  public ArchitectureTable readParquet(SparkSession spark) {
    Dataset<Row> data = parquet(spark);
    List<Column> wanted = new ArrayList<>(List.of(col(architecture).cast("string")));
    numeric.forEach(column -> wanted.add(col(column).cast("double")));
    List<Row> rows = data.select(wanted.toArray(Column[]::new)).collectAsList();

    Map<String, double[]> values = new LinkedHashMap<>();
    for (int i = 0; i < numeric.size(); i++) {
      int column = i + 1;
      values.put(
          numeric.get(i),
          rows.stream()
              .mapToDouble(row -> row.isNullAt(column) ? Double.NaN : row.getDouble(column))
              .toArray());
    }
    List<String> architectures = rows.stream().map(row -> row.getString(0)).toList();
    try {
      return new ArchitectureTable(path.toString(), architectures, values);
    } catch (IllegalArgumentException e) {
      throw unusable(e.getMessage());
    }
  }

  /**
   * The rows of a file or directory of Parquet, in the order in which they are there, however many
   * cores read them: seeded draws count rows.
   *
   * @throws UsageException where it is no Parquet or lacks a column
   */
  public Dataset<Row> parquet(SparkSession spark) {
    Dataset<Row> data = openParquet(spark);
    requireColumns(data);
    return data.orderBy("_metadata.file_path", "_metadata.row_index");
  }

  private Dataset<Row> openParquet(SparkSession spark) {
    try {
      return spark.read().parquet(path.toAbsolutePath().toUri().toString());
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare.
      throw unusable(
          "Cannot use table: it is neither CSV, by its name, nor Parquet; let path be a .csv, a .csv.gz or Parquet data (table=%s)"
              .formatted(path));
    }
  }

  private void requireColumns(Dataset<Row> data) {
    Set<String> missing = new TreeSet<>(numeric);
    missing.add(architecture);
    Arrays.asList(data.columns()).forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw unusable(
          "Cannot use table: no column %s; its columns are %s (table=%s)"
              .formatted(String.join(", ", missing), String.join(", ", data.columns()), path));
    }
  }

  private UsageException unusable(String why) {
    return new UsageException("%s: %s".formatted(section, why));
  }
}
