package org.xfernas.jobs.ablation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.ExitCode;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.cluster.SparkDefaults;
import org.xfernas.jobs.table.SearchLease;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.SparkTables;
import org.xfernas.jobs.table.SweepsTable;
import org.xfernas.jobs.table.SweepsTable.Cell;
import org.xfernas.jobs.table.SweepsTable.Result;
import org.xfernas.jobs.table.SweepsTable.Row;
import org.xfernas.jobs.table.TableFile;
import org.xfernas.jobs.table.TrialsTable;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.evaluator.ArchitectureTable;

/** One sweep: new, gone on with, or finished before. */
final class Sweep {
  private static final DateTimeFormatter RUN_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final JobContext context;
  private final AblationSections sections;
  private final Warehouse warehouse;
  private final Optional<SweepHistory> history;
  private final AblationSettings settings;
  private final SweepKind kind;
  private final SweepsTable table;
  private final String id;

  Sweep(JobContext context, AblationSections sections, Warehouse warehouse) {
    this.context = context;
    this.sections = sections;
    this.warehouse = warehouse;
    this.history =
        sections.ablation().isOfHistory()
            ? Optional.of(SweepHistory.read(sections.ablation(), new TrialsTable(warehouse)))
            : Optional.empty();
    this.settings = history.map(SweepHistory::settings).orElse(sections.ablation());
    this.kind = SweepKind.of(settings, history.map(SweepHistory::table));
    this.table = new SweepsTable(warehouse);
    this.id = SweepId.of(context.config(), snapshot());
  }

  /** Version of the table of trials that is swept over; empty where the table is a file. */
  private OptionalLong snapshot() {
    return history.map(past -> OptionalLong.of(past.snapshot())).orElse(OptionalLong.empty());
  }

  JobResult run() throws IOException, InterruptedException {
    history.ifPresent(this::tell);
    kind.leftOut().forEach(arm -> say("there is no %s: these cells are left out".formatted(arm)));
    kind.notes().forEach(this::say);
    Optional<SearchesTable.Row> known = new SearchesTable(warehouse).find(id);
    requireAlone(known);
    List<Cell> cells = kind.cells();
    Map<Cell, List<Result>> done = settings.restart() ? Map.of() : done(table, id);
    SweepRow row = SweepRow.of(context.config(), sections.ablation(), cells.size(), snapshot());
    if (!done.isEmpty()) {
      requireSameFile(known, row);
    }
    long missing = cells.stream().filter(cell -> !done.containsKey(cell)).count();
    say(
        "sweep %s: %d cells, %d of them done before"
            .formatted(id, cells.size(), cells.size() - missing));
    boolean closed =
        known.map(before -> before.state() == SearchesTable.State.FINISHED).orElse(missing == 0);
    int failed =
        missing == 0 && closed
            ? 0
            : runAlone(known, row.text(), kind.work(cell -> !done.containsKey(cell)));
    Path summary =
        kind.report(
            new SweepKind.Run(
                id,
                id + "-" + RUN_TIME.format(context.clock().instant()),
                history.map(SweepHistory::snapshot).orElse(null),
                missing == 0 ? done : done(table, id),
                failed,
                row.provenance()),
            context.out());
    if (failed > 0) {
      say("%d cells of the sweep failed; the same command tries them again".formatted(failed));
    }
    return new JobResult(failed > 0 ? ExitCode.FAILED : ExitCode.DONE, summary);
  }

  private void tell(SweepHistory past) {
    say(
        "the tasks are those of the table of trials as of snapshot %d: %s"
            .formatted(past.snapshot(), String.join(", ", settings.tasks().keySet())));
    past.notes().forEach(this::say);
  }

  /** The finished cells of a sweep. */
  static Map<Cell, List<Result>> done(SweepsTable table, String id) {
    return table.read(id).stream()
        .collect(
            Collectors.groupingBy(
                Row::cell,
                LinkedHashMap::new,
                Collectors.mapping(Row::result, Collectors.toList())));
  }

  private void requireAlone(Optional<SearchesTable.Row> known) {
    SearchLease.driver(known, context.clock())
        .ifPresent(
            lease -> {
              throw new UsageException(
                  "Cannot run the sweep %s: another process does, %s, whose lease expires at %s; stop that one, or wait"
                      .formatted(id, lease.owner(), lease.expires()));
            });
  }

  /** Its name is made of the file's path; what is done must be of what stands there now. */
  private void requireSameFile(Optional<SearchesTable.Row> known, SweepRow now) {
    Optional<String> before =
        known.filter(SweepRow::isSweep).map(SweepRow::read).flatMap(SweepRow::sha256);
    if (before.isPresent() && !before.equals(now.sha256())) {
      throw new UsageException(
          "Cannot go on with the sweep %s: its table is no longer what its results are of; put the file back, or let xfernas.ablation.restart be true to start anew, or give the other table a path of its own, which makes another sweep (file=%s, sha256=%s, before=%s)"
              .formatted(
                  id,
                  settings.table().path().orElseThrow(),
                  now.sha256().orElseThrow(),
                  before.get()));
    }
  }

  /** Runs what is missing, with a row that says so to others. */
  private int runAlone(Optional<SearchesTable.Row> known, String row, List<SweepWork> work)
      throws IOException, InterruptedException {
    try (SearchLease lease =
        SearchLease.acquire(
            warehouse,
            id,
            known,
            row,
            new SearchesTable.Knowledge(snapshot(), List.of()),
            sections.tables().lease(),
            context.clock())) {
      if (settings.restart()) {
        table.delete(id);
      }
      // After that: the row tells of which file the results are.
      lease.describe(row);
      int failed = work.isEmpty() ? 0 : run(work);
      lease.release(failed > 0 ? SearchesTable.State.FAILED : SearchesTable.State.FINISHED);
      return failed;
    }
  }

  private int run(List<SweepWork> work) throws IOException, InterruptedException {
    Optional<SweepTable> read = readWithoutSpark();
    SparkConf conf = SparkTables.conf("sweep " + id, context.master(), sections.tables());
    SparkDefaults.addTo(conf);
    try (SparkSession spark = SparkSession.builder().config(conf).getOrCreate()) {
      SweepLab lab =
          new SweepLab(
              settings.space().orElseThrow(),
              read.isPresent() ? read.get() : readParquet(spark),
              sections.search().optimizer().settings());
      return new SweepTasks(spark, id, lab, context).run(work, table);
    }
  }

  private Optional<SweepTable> readWithoutSpark() throws IOException {
    if (history.isPresent()) {
      return history.map(SweepHistory::table);
    }
    TableFile file = settings.file();
    return TableFile.isCsv(file.path())
        ? Optional.of(SweepTable.of(settings, file.readCsv()))
        : Optional.empty();
  }

  private SweepTable readParquet(SparkSession spark) {
    TableFile file = settings.file();
    ArchitectureTable values = file.readParquet(spark);
    List<String> problems = SweepTable.problems(settings, values);
    if (!problems.isEmpty()) {
      throw new UsageException(
          problems.stream().map(problem -> file.section() + ": " + problem).toList());
    }
    return SweepTable.of(settings, values);
  }

  private void say(String line) {
    context.err().println(line);
  }
}
