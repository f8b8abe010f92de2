package org.xfernas.jobs.exchange;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.xfernas.jobs.exchange.Manifest.Fidelity;
import org.xfernas.jobs.exchange.Manifest.Metric;
import org.xfernas.jobs.table.TrialsTable;

/** Collects from a file's rows, as they go by, what its manifest tells. */
final class ManifestFacts {
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

  Manifest manifest(Path file, String sha256, Optional<String> licence, long snapshot) {
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
        licence,
        OptionalLong.of(snapshot),
        Optional.ofNullable(ManifestFacts.class.getPackage().getImplementationVersion()));
  }
}
