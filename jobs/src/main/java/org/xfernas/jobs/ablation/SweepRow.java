package org.xfernas.jobs.ablation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.report.SweepPage;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.SweepsTable;
import org.xfernas.jobs.table.TableFile;
import org.xfernas.jobs.table.TrialsTable;
import org.xfernas.jobs.table.Warehouse;

/**
 * What a sweep has in the table {@code searches}, in the place of a search's configuration: how
 * many cells it has, where its results go, and everything that makes its report again.
 *
 * @param kind {@code search}, {@code prediction} or {@code backtest}
 * @param cells of the grid
 * @param output directory of its results
 * @param sha256 of the table's file; empty where the table is that of trials, and of older sweeps
 * @param configuration of the sweep, below {@code xfernas}
 */
public record SweepRow(
    String kind, int cells, String output, Optional<String> sha256, Config configuration) {
  private static final String BEGINNING = "{\"sweep\":";
  private static final String PATH = "sweep";
  private static final String TABLE = "ablation.table.path";
  private static final String SNAPSHOT = "ablation.table.snapshot";

  /** Whether the row is that of a sweep. */
  public static boolean isSweep(SearchesTable.Row row) {
    return row.configuration().startsWith(BEGINNING);
  }

  /** Reads the row of a sweep. */
  public static SweepRow read(SearchesTable.Row row) {
    Config sweep = ConfigFactory.parseString(row.configuration()).getConfig(PATH);
    return new SweepRow(
        sweep.getString("kind"),
        sweep.getInt("cells"),
        sweep.getString("output"),
        sweep.hasPath("sha256") ? Optional.of(sweep.getString("sha256")) : Optional.empty(),
        sweep.getConfig("configuration"));
  }

  /**
   * The row of the sweep of a job's configuration.
   *
   * @param snapshot version of the table of trials; empty where the table is a file
   */
  static SweepRow of(Config effective, AblationSettings settings, int cells, OptionalLong snapshot)
      throws IOException {
    Config all = effective.getConfig(Settings.ROOT);
    Config relevant =
        all.withOnlyPath("ablation")
            .withoutPath("ablation.output")
            .withoutPath("ablation.restart")
            .withFallback(all.withOnlyPath("search.optimizer"));
    if (snapshot.isPresent()) {
      relevant = relevant.withValue(SNAPSHOT, ConfigValueFactory.fromAnyRef(snapshot.getAsLong()));
    }
    Optional<Path> file = settings.table().path();
    if (file.isPresent()) {
      relevant =
          relevant.withValue(
              TABLE, ConfigValueFactory.fromAnyRef(file.get().toAbsolutePath().toString()));
    }
    return new SweepRow(
        settings.kind().name().toLowerCase(Locale.ROOT),
        cells,
        settings.output().toAbsolutePath().toString(),
        file.isPresent() ? Optional.of(TableFile.sha256(file.get())) : Optional.empty(),
        // With numbers as they are in a row, so that a report that is made of it is the same.
        ConfigValueFactory.fromMap(relevant.root().unwrapped()).toConfig());
  }

  /** What it takes to run the sweep again. */
  SweepPage.Provenance provenance() {
    String read =
        configuration.hasPath(SNAPSHOT)
            ? "snapshot %d of the table of trials".formatted(configuration.getLong(SNAPSHOT))
            : configuration.getString(TABLE) + sha256.map(" (SHA-256 %s)"::formatted).orElse("");
    return new SweepPage.Provenance(
        read, configuration.root().render(ConfigRenderOptions.concise()));
  }

  /** As JSON. */
  String text() {
    Map<String, Object> sweep = new LinkedHashMap<>();
    sweep.put("kind", kind);
    sweep.put("cells", cells);
    sweep.put("output", output);
    sha256.ifPresent(hash -> sweep.put("sha256", hash));
    sweep.put("configuration", configuration.root().unwrapped());
    return ConfigValueFactory.fromMap(Map.of(PATH, sweep)).render(ConfigRenderOptions.concise());
  }

  /**
   * Makes the report of the sweep again, with the cells that are done.
   *
   * @param directory where its files go
   * @return path of the page
   */
  public Path report(Warehouse warehouse, String sweepId, Path directory) throws IOException {
    Config effective =
        configuration
            .withValue("ablation.output", ConfigValueFactory.fromAnyRef(directory.toString()))
            .atPath(Settings.ROOT)
            .withFallback(ConfigFactory.defaultReference())
            .resolve();
    AblationSettings stored = Settings.read(effective, Sections.class).ablation();
    Optional<SweepHistory> history =
        stored.isOfHistory()
            ? Optional.of(SweepHistory.read(stored, new TrialsTable(warehouse)))
            : Optional.empty();
    SweepKind.of(
            history.map(SweepHistory::settings).orElse(stored), history.map(SweepHistory::table))
        .report(
            new SweepKind.Run(
                sweepId,
                sweepId,
                history.map(SweepHistory::snapshot).orElse(null),
                Sweep.done(new SweepsTable(warehouse), sweepId),
                0,
                provenance()),
            new PrintStream(PrintStream.nullOutputStream()));
    return directory.resolve("report.html");
  }

  private record Sections(AblationSettings ablation) {}
}
