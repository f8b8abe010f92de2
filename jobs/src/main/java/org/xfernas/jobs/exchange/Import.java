package org.xfernas.jobs.exchange;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.exchange.Manifest.Claim;
import org.xfernas.jobs.table.ImportedTrials;
import org.xfernas.jobs.table.TableFile;
import org.xfernas.jobs.table.TrialsTable;
import org.xfernas.search.evaluator.CsvTable;

/** Reads one file of trials, and says everything that is wrong with it. */
final class Import {
  private static final List<String> REQUIRED =
      List.of("task", "space", "architecture", "validation_accuracy");

  private static final List<String> IF_PRESENT =
      TrialsTable.exchangedColumns().stream().filter(name -> !REQUIRED.contains(name)).toList();

  private static final List<String> COLUMNS =
      Stream.concat(REQUIRED.stream(), IF_PRESENT.stream()).toList();

  private static final String LINE_OF_CSV = "line";
  private static final String ROW_OF_PARQUET = "row";

  /** Problems of one file that are named; the others are counted. */
  private static final int NAMED = 20;

  private final Path file;
  private final String hash;
  private final SparkSession spark;
  private final ImportedTrials trials;
  private final TrialRow row = new TrialRow(COLUMNS);
  private final RowFacts facts = new RowFacts();
  private final List<String> problems = new ArrayList<>();
  private Claim claim = Claim.NONE;
  private long rows;
  private long found;

  /**
   * Of a file.
   *
   * @param hash SHA-256 of it
   * @param spark reads Parquet; null where the file is CSV
   * @param trials take the rows
   */
  Import(Path file, String hash, SparkSession spark, ImportedTrials trials) {
    this.file = file;
    this.hash = hash;
    this.spark = spark;
    this.trials = trials;
  }

  /** Everything that is wrong; the trials are complete where this is nothing. */
  List<String> read() throws IOException {
    List<String> ofManifest = readManifest();
    if (!ofManifest.isEmpty()) {
      return ofManifest;
    }
    try {
      if (TableFile.isCsv(file)) {
        CsvTable.forEachRow(
            file, REQUIRED, IF_PRESENT, (line, cells) -> add(LINE_OF_CSV, line, cells));
      } else {
        readParquet();
      }
    } catch (IllegalArgumentException | UsageException e) {
      return List.of("Cannot import: " + e.getMessage());
    } catch (IOException e) {
      return List.of("Cannot import: %s (FILE=%s)".formatted(e.getMessage(), file));
    }
    if (found > NAMED) {
      long others = found - NAMED;
      problems.add(
          "Cannot import: %s wrong (FILE=%s)"
              .formatted(others == 1 ? "1 further cell is" : others + " further cells are", file));
    }
    if (rows == 0) {
      problems.add("Cannot import: the file has no row (FILE=%s)".formatted(file));
    }
    if (claim.rows() != null && claim.rows() != rows) {
      problems.add(
          "Cannot import: the file has another number of rows than its manifest says (FILE=%s, rows=%d, manifest=%d)"
              .formatted(file, rows, claim.rows()));
    }
    if (found == 0) {
      problems.addAll(
          facts.contradictions(claim, file, TableFile.isCsv(file) ? LINE_OF_CSV : ROW_OF_PARQUET));
    }
    return problems;
  }

  /** Reads only what is claimed of the file, and says whether it is claimed of this one. */
  List<String> readManifest() throws IOException {
    claim = Manifest.claim(file).orElse(Claim.NONE);
    if (claim.sha256() != null && !claim.sha256().equalsIgnoreCase(hash)) {
      return List.of(
          "Cannot import: the file is not what its manifest describes; fetch it again, or take the manifest away (FILE=%s, sha256=%s, manifest=%s)"
              .formatted(file, hash, claim.sha256()));
    }
    return List.of();
  }

  /** The licence that the manifest names, once it was read; empty where it names none. */
  Optional<String> licence() {
    return Optional.ofNullable(claim.licence()).filter(licence -> !licence.isBlank());
  }

  private void readParquet() {
    Dataset<Row> data = new TableFile("import", file, "architecture", REQUIRED).parquet(spark);
    List<String> known = Arrays.asList(data.columns());
    Column[] wanted =
        COLUMNS.stream()
            .map(column -> (known.contains(column) ? col(column) : lit(null)).cast("string"))
            .toArray(Column[]::new);
    Iterator<Row> iterator = data.select(wanted).toLocalIterator();
    while (iterator.hasNext()) {
      Row cells = iterator.next();
      List<String> texts = new ArrayList<>();
      for (int column = 0; column < cells.size(); column++) {
        texts.add(cells.getString(column));
      }
      add(ROW_OF_PARQUET, rows + 1, texts);
    }
  }

  private void add(String unit, long place, List<String> cells) {
    rows++;
    Map<String, String> wrong = row.read(cells);
    wrong.forEach(
        (column, what) -> {
          found++;
          if (found <= NAMED) {
            problems.add(
                "Cannot import: %s (FILE=%s, %s=%d, column=%s)"
                    .formatted(what, file, unit, place, column));
          }
        });
    if (found == 0) {
      facts.add(place, row.values());
      trials.add(row.values());
    }
  }
}
