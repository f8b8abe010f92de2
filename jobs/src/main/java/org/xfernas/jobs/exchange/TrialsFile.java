package org.xfernas.jobs.exchange;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.xfernas.jobs.table.TrialsTable;

/** One file of trials that is being written: CSV, also compressed by gzip, or Parquet. */
interface TrialsFile extends AutoCloseable {

  /** Whether the name says how the file is to be written. */
  static boolean isKnown(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".csv") || name.endsWith(".csv.gz") || name.endsWith(".parquet");
  }

  /** So many trials, in words. */
  static String counted(long trials) {
    return trials == 1 ? "1 trial" : trials + " trials";
  }

  /**
   * Starts a file.
   *
   * @param path where it is written
   * @param name that says how
   */
  static TrialsFile open(Path path, Path name) throws IOException {
    return name.toString().endsWith(".parquet")
        ? openParquet(path)
        : openCsv(path, name.toString().endsWith(".gz"));
  }

  /** Adds a row; its values in the order of {@link TrialsTable#exchanged}, null for unknown. */
  void add(List<Object> row) throws IOException;

  @Override
  void close() throws IOException;

  private static TrialsFile openCsv(Path path, boolean compressed) throws IOException {
    OutputStream out = Files.newOutputStream(path);
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setRecordSeparator("\n")
            .setHeader(TrialsTable.exchangedColumns().toArray(String[]::new))
            .build();
    CSVPrinter csv =
        new CSVPrinter(
            new BufferedWriter(
                new OutputStreamWriter(
                    compressed ? new GZIPOutputStream(out) : out, StandardCharsets.UTF_8)),
            format);
    return new TrialsFile() {
      @Override
      public void add(List<Object> row) throws IOException {
        csv.printRecord(row);
      }

      @Override
      public void close() throws IOException {
        csv.close();
      }
    };
  }

  private static TrialsFile openParquet(Path path) throws IOException {
    Schema schema = TrialsTable.exchanged();
    FileAppender<Record> parquet =
        Parquet.write(org.apache.iceberg.Files.localOutput(path.toFile()))
            .schema(schema)
            .createWriterFunc(GenericParquetWriter::create)
            .overwrite()
            .build();
    return new TrialsFile() {
      @Override
      public void add(List<Object> row) {
        Record record = GenericRecord.create(schema);
        for (int column = 0; column < row.size(); column++) {
          record.set(column, row.get(column));
        }
        parquet.add(record);
      }

      @Override
      public void close() throws IOException {
        parquet.close();
      }
    };
  }
}
