package org.xfernas.search.evaluator;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** Reads tables from CSV files with a header (RFC 4180), compressed where the name ends in .gz. */
public final class CsvTable {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setAllowMissingColumnNames(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .build();

  private final Path path;

  private CsvTable(Path path) {
    this.path = path;
  }

  /**
   * Reads some columns; an empty cell is a value that is not known.
   *
   * @param path of the file
   * @param architecture name of the column with the architectures' texts
   * @param columns names of columns with numbers
   * @throws IllegalArgumentException where the content is no such table, with file, line and column
   * @throws IOException where the file cannot be read
   */
  public static ArchitectureTable read(Path path, String architecture, Collection<String> columns)
      throws IOException {
    CsvTable table = new CsvTable(path);
    try (InputStream in = table.open();
        CSVParser parser = table.parser(in)) {
      return table.parse(parser, architecture, columns);
    } catch (NoSuchFileException e) {
      throw new IOException(
          "Cannot read table: there is no such file (file=%s)".formatted(path), e);
    } catch (UncheckedIOException | IOException e) {
      throw new IOException("Cannot read table: %s (file=%s)".formatted(e.getMessage(), path), e);
    }
  }

  /**
   * Names of a file's columns, in order.
   *
   * @throws IllegalArgumentException where they are not all different
   * @throws IOException where the file cannot be read
   */
  public static List<String> columns(Path path) throws IOException {
    CsvTable table = new CsvTable(path);
    try (InputStream in = table.open();
        CSVParser parser = table.parser(in)) {
      return parser.getHeaderNames();
    }
  }

  /** What is done with a row. */
  public interface RowAction {

    /**
     * Takes a row.
     *
     * @param line of the file, its last one where a cell has several
     * @param cells in the order that was asked for
     */
    void accept(long line, List<String> cells);
  }

  /**
   * Goes through the rows, however often an architecture has one.
   *
   * @param required names of columns that the file must have
   * @param ifPresent names of columns that it may have
   * @param action takes the cells of a row, the required ones first; null where the file lacks the
   *     column
   * @throws IllegalArgumentException where the content is no such table
   * @throws IOException where the file cannot be read
   */
  public static void forEachRow(
      Path path, List<String> required, List<String> ifPresent, RowAction action)
      throws IOException {
    CsvTable table = new CsvTable(path);
    try (InputStream in = table.open();
        CSVParser parser = table.parser(in)) {
      Set<String> known = new LinkedHashSet<>(parser.getHeaderNames());
      required.forEach(column -> ArchitectureTable.requireColumn(path.toString(), column, known));
      List<String> columns = Stream.concat(required.stream(), ifPresent.stream()).toList();
      for (CSVRecord row : parser) {
        action.accept(
            parser.getCurrentLineNumber(),
            columns.stream()
                .map(column -> row.isSet(column) ? row.get(column) : null)
                .collect(Collectors.toCollection(ArrayList::new)));
      }
    } catch (UncheckedIOException e) {
      throw new IOException("Cannot read table: %s (file=%s)".formatted(e.getMessage(), path), e);
    }
  }

  private InputStream open() throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(path));
    return path.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
  }

  private CSVParser parser(InputStream in) throws IOException {
    try {
      return CSVParser.parse(new InputStreamReader(in, StandardCharsets.UTF_8), FORMAT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Cannot read table: %s (file=%s, line=1)".formatted(e.getMessage(), path), e);
    }
  }

  private ArchitectureTable parse(
      CSVParser parser, String architecture, Collection<String> columns) {
    Set<String> known = new LinkedHashSet<>(parser.getHeaderNames());
    ArchitectureTable.requireColumn(path.toString(), architecture, known);
    columns.forEach(column -> ArchitectureTable.requireColumn(path.toString(), column, known));

    Map<String, Long> lines = new LinkedHashMap<>();
    Map<String, List<Double>> values = new LinkedHashMap<>();
    columns.forEach(column -> values.put(column, new ArrayList<>()));
    for (CSVRecord row : parser) {
      long line = parser.getCurrentLineNumber();
      if (!row.isConsistent()) {
        throw bad(
            "%d cells under %d names".formatted(row.size(), known.size()), line, architecture);
      }
      Long earlier = lines.putIfAbsent(row.get(architecture), line);
      if (earlier != null) {
        throw bad("the architecture of line " + earlier + " again", line, architecture);
      }
      columns.forEach(column -> values.get(column).add(number(row.get(column), line, column)));
    }

    Map<String, double[]> arrays = new LinkedHashMap<>();
    values.forEach(
        (column, list) ->
            arrays.put(column, list.stream().mapToDouble(Double::doubleValue).toArray()));
    return new ArchitectureTable(path.toString(), List.copyOf(lines.keySet()), arrays);
  }

  private double number(String cell, long line, String column) {
    if (cell.isBlank()) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      throw bad("\"%s\" is no number".formatted(cell), line, column);
    }
  }

  private IllegalArgumentException bad(String what, long line, String column) {
    return new IllegalArgumentException(
        "Cannot read table: %s (file=%s, line=%d, column=%s)".formatted(what, path, line, column));
  }
}
