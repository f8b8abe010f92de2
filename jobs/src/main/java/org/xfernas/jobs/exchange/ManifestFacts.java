package org.xfernas.jobs.exchange;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.xfernas.jobs.exchange.Manifest.Fidelity;
import org.xfernas.jobs.exchange.Manifest.Imported;
import org.xfernas.jobs.exchange.Manifest.Metric;
import org.xfernas.jobs.table.ImportsTable;
import org.xfernas.jobs.table.TrialsTable;

/** Collects from a file's rows, as they go by, what its manifest tells. */
final class ManifestFacts {
  private final Set<String> searches = new TreeSet<>();
  private final Set<String> tasks = new TreeSet<>();
  private final Set<String> spaces = new TreeSet<>();
  private final Set<String> protocols = new TreeSet<>();
  private final Set<Fidelity> fidelities = new LinkedHashSet<>();
  private final Set<Metric> metrics = new LinkedHashSet<>();
  private long rows;
  private String lastSearch = "";
  private int lastNumber;

  /** Notes a row; false for the same trial again, which two drivers of a search can leave. */
  boolean add(Row row) {
    String search = row.getAs(TrialsTable.SEARCH_ID);
    int number = row.<Integer>getAs(TrialsTable.NUMBER);
    if (rows > 0 && search.equals(lastSearch) && number == lastNumber) {
      return false;
    }
    lastSearch = search;
    lastNumber = number;
    rows++;
    searches.add(search);
    tasks.add(row.getAs("task"));
    spaces.add(row.getAs("space"));
    Optional.ofNullable(row.<String>getAs("protocol")).ifPresent(protocols::add);
    Optional.ofNullable(row.<Integer>getAs("epochs"))
        .ifPresent(epochs -> fidelities.add(new Fidelity(epochs, row.getAs("data_fraction"))));
    Optional.ofNullable(row.<String>getAs("metric"))
        .ifPresent(metric -> metrics.add(new Metric(metric, row.getAs("minimize"))));
    return true;
  }

  long rows() {
    return rows;
  }

  /**
   * The manifest.
   *
   * @param licence that was given
   * @param imports files that were imported, by the searches of their trials
   */
  Manifest manifest(
      Path file,
      String sha256,
      Optional<String> licence,
      Map<String, ImportsTable.Row> imports,
      long snapshot) {
    List<Imported> imported =
        searches.stream()
            .filter(imports::containsKey)
            .map(imports::get)
            .map(one -> new Imported(one.file(), one.sha256(), one.licence()))
            .toList();
    return new Manifest(
        file.getFileName().toString(),
        sha256,
        rows,
        TrialsTable.exchangedColumns(),
        tasks,
        spaces,
        protocols,
        fidelities,
        metrics,
        licence.or(() -> licenceOf(imported)),
        imported,
        OptionalLong.of(snapshot),
        Optional.ofNullable(ManifestFacts.class.getPackage().getImplementationVersion()));
  }

  /** The licences of the files that all of the trials came from; empty where one is not known. */
  private Optional<String> licenceOf(List<Imported> imported) {
    if (imported.size() < searches.size()
        || imported.stream().anyMatch(one -> one.licence().isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        imported.stream()
            .map(one -> one.licence().get())
            .distinct()
            .sorted()
            .collect(Collectors.joining(" AND ")));
  }
}
