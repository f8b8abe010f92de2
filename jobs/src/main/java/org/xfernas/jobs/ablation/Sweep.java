package org.xfernas.jobs.ablation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.xfernas.jobs.table.SweepsTable.Cell;
import org.xfernas.jobs.table.SweepsTable.Result;
import org.xfernas.jobs.table.SweepsTable.Row;
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
  private final SweepKind kind;
  private final SweepsTable table;
  private final String id;

  Sweep(JobContext context, AblationSections sections, Warehouse warehouse) {
    this.context = context;
    this.sections = sections;
    this.settings = sections.ablation();
    this.kind = SweepKind.of(settings);
    this.table = new SweepsTable(warehouse);
    this.id = SweepId.of(context.config());
  }

  JobResult run() throws IOException, InterruptedException {
    kind.leftOut().forEach(arm -> say("there is no %s: these cells are left out".formatted(arm)));
    if (settings.restart()) {
      table.delete(id);
    }
    List<Cell> cells = kind.cells();
    Map<Cell, List<Result>> done = done();
    long missing = cells.stream().filter(cell -> !done.containsKey(cell)).count();
    say(
        "sweep %s: %d cells, %d of them done before"
            .formatted(id, cells.size(), cells.size() - missing));
    int failed = missing == 0 ? 0 : run(kind.work(cell -> !done.containsKey(cell)));
    Path summary =
        kind.report(
            new SweepKind.Run(
                id,
                id + "-" + RUN_TIME.format(context.clock().instant()),
                missing == 0 ? done : done(),
                failed),
            context.out());
    if (failed > 0) {
      say("%d cells of the sweep failed; the same command tries them again".formatted(failed));
    }
    return new JobResult(failed > 0 ? ExitCode.FAILED : ExitCode.DONE, summary);
  }

  /** The finished cells. */
  private Map<Cell, List<Result>> done() {
    return table.read(id).stream()
        .collect(
            Collectors.groupingBy(
                Row::cell,
                LinkedHashMap::new,
                Collectors.mapping(Row::result, Collectors.toList())));
  }

  private int run(List<SweepWork> work) throws IOException, InterruptedException {
    TableFile file = settings.file();
    ArchitectureTable csv = TableFile.isCsv(file.path()) ? file.readCsv() : null;
    SparkConf conf = SparkTables.conf("sweep " + id, context.master(), sections.tables());
    SparkDefaults.addTo(conf);
    try (SparkSession spark = SparkSession.builder().config(conf).getOrCreate()) {
      ArchitectureTable values = csv == null ? readParquet(file, spark) : csv;
      SweepLab lab =
          new SweepLab(
              settings.space(),
              SweepTable.of(settings, values),
              sections.search().optimizer().settings());
      return new SweepTasks(spark, id, lab, context).run(work, table);
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
