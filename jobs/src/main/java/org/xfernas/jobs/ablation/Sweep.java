package org.xfernas.jobs.ablation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.ExitCode;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.cluster.SparkDefaults;
import org.xfernas.jobs.table.SparkTables;
import org.xfernas.jobs.table.SweepsTable;
import org.xfernas.jobs.table.SweepsTable.Evaluation;
import org.xfernas.jobs.table.TableFile;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.evaluator.ArchitectureTable;

/** One sweep: new, gone on with, or finished before. */
final class Sweep {
  private static final DateTimeFormatter RUN_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final JobContext context;
  private final AblationSections sections;
  private final AblationSettings settings;
  private final SweepsTable table;
  private final String id;

  Sweep(JobContext context, AblationSections sections, Warehouse warehouse) {
    this.context = context;
    this.sections = sections;
    this.settings = sections.ablation();
    this.table = new SweepsTable(warehouse);
    this.id = SweepId.of(context.config());
  }

  JobResult run() throws IOException, InterruptedException {
    settings
        .grid()
        .missingArms()
        .forEach(arm -> say("there is no %s: these cells are left out".formatted(arm)));
    if (settings.restart()) {
      table.delete(id);
    }
    List<SweepCell> cells = settings.cells();
    Map<SweepsTable.Cell, List<Evaluation>> done = done();
    List<SweepCell> missing = cells.stream().filter(cell -> !done.containsKey(cell.key())).toList();
    say(
        "sweep %s: %d cells, %d of them done before"
            .formatted(id, cells.size(), cells.size() - missing.size()));
    int failed = missing.isEmpty() ? 0 : search(missing);
    SweepResults results = new SweepResults(settings, cells, missing.isEmpty() ? done : done());
    String run = id + "-" + RUN_TIME.format(context.clock().instant());
    Path summary = new SweepReport(id, run, results, failed).write(context.out());
    if (failed > 0) {
      say("%d cells of the sweep failed; the same command tries them again".formatted(failed));
    }
    return new JobResult(failed > 0 ? ExitCode.FAILED : ExitCode.DONE, summary);
  }

  /** The finished cells; of one that two processes wrote, the first row for each evaluation. */
  private Map<SweepsTable.Cell, List<Evaluation>> done() {
    Map<SweepsTable.Cell, TreeMap<Integer, Evaluation>> cells = new LinkedHashMap<>();
    for (SweepsTable.Row row : table.read(id)) {
      cells
          .computeIfAbsent(row.cell(), cell -> new TreeMap<>())
          .putIfAbsent(row.evaluation().evaluation(), row.evaluation());
    }
    Map<SweepsTable.Cell, List<Evaluation>> done = new LinkedHashMap<>();
    cells.forEach((cell, evaluations) -> done.put(cell, List.copyOf(evaluations.values())));
    return done;
  }

  private int search(List<SweepCell> missing) throws IOException, InterruptedException {
    Map<SweepCell, List<SweepCell>> searches =
        missing.stream()
            .collect(
                Collectors.groupingBy(SweepCell::search, LinkedHashMap::new, Collectors.toList()));
    TableFile file = settings.file();
    ArchitectureTable csv = TableFile.isCsv(file.path()) ? file.readCsv() : null;
    SparkConf conf = SparkTables.conf("sweep " + id, context.master(), sections.tables());
    SparkDefaults.addTo(conf);
    try (SparkSession spark = SparkSession.builder().config(conf).getOrCreate()) {
      ArchitectureTable values = csv == null ? readParquet(file, spark) : csv;
      SweepSearch search =
          new SweepSearch(
              settings.space(),
              SweepTable.of(settings, values),
              sections.search().optimizer().settings());
      return new SweepTasks(spark, id, search, settings.budget(), context).run(searches, table);
    }
  }

  private ArchitectureTable readParquet(TableFile file, SparkSession spark) {
    ArchitectureTable values = file.readParquet(spark);
    List<String> problems = SweepTable.problems(settings, values);
    if (!problems.isEmpty()) {
      throw new UsageException(
          problems.stream().map(problem -> file.section() + ": " + problem).toList());
    }
    return values;
  }

  private void say(String line) {
    context.err().println(line);
  }
}
