package org.xfernas.jobs.ablation;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.ablation.AblationSettings.Budget;
import org.xfernas.jobs.cluster.TaskSlots;
import org.xfernas.jobs.search.TimeLeft;
import org.xfernas.jobs.table.SweepsTable;
import org.xfernas.jobs.table.SweepsTable.Evaluation;
import org.xfernas.jobs.table.SweepsTable.Row;

/** Runs searches on Spark, one task each, and writes the rows of each when it ends. */
final class SweepTasks {
  /** Searches that wait for a slot, for each that runs. */
  private static final int AHEAD = 2;

  private final JavaSparkContext spark;
  private final String id;
  private final Broadcast<SweepSearch> search;
  private final Budget budget;
  private final JobContext context;

  SweepTasks(
      SparkSession session, String id, SweepSearch search, Budget budget, JobContext context) {
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.id = id;
    this.search = spark.broadcast(search);
    this.budget = budget;
    this.context = context;
  }

  /**
   * How a search ended.
   *
   * @param cell the search
   * @param evaluations its rows
   * @param failure empty, or what stopped it and where
   */
  private record Ended(SweepCell cell, List<Evaluation> evaluations, String failure)
      implements Serializable {}

  /**
   * Runs the searches.
   *
   * @param searches with the cells that each gives the rows of
   * @param table where they are written
   * @return how many cells failed
   */
  int run(Map<SweepCell, List<SweepCell>> searches, SweepsTable table) throws InterruptedException {
    ExecutorService jobs = Executors.newFixedThreadPool(AHEAD * TaskSlots.ofAllExecutors(spark));
    try {
      ExecutorCompletionService<Ended> completions = new ExecutorCompletionService<>(jobs);
      searches.keySet().forEach(cell -> completions.submit(() -> run(cell)));
      return record(searches, completions, table);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Cannot run a search of the sweep: %s (sweep=%s)"
              .formatted(e.getCause().getMessage(), id),
          e.getCause());
    } finally {
      jobs.shutdownNow();
    }
  }

  private int record(
      Map<SweepCell, List<SweepCell>> searches,
      ExecutorCompletionService<Ended> completions,
      SweepsTable table)
      throws InterruptedException, ExecutionException {
    Instant start = context.clock().instant();
    int ended = 0;
    int failed = 0;
    while (ended < searches.size()) {
      List<Row> rows = new ArrayList<>();
      for (Future<Ended> next = completions.take(); next != null; next = completions.poll()) {
        Ended done = next.get();
        List<SweepCell> cells = searches.get(done.cell);
        ended++;
        if (!done.failure.isEmpty()) {
          failed += cells.size();
          say("%s failed: %s".formatted(done.cell, done.failure));
        }
        for (SweepCell cell : cells) {
          done.evaluations.forEach(evaluation -> rows.add(new Row(cell.key(), evaluation)));
        }
      }
      table.append(id, rows);
      sayProgress(start, ended, searches.size());
    }
    return failed;
  }

  private Ended run(SweepCell cell) {
    Broadcast<SweepSearch> shared = search;
    int evaluations = budget.evaluations(cell.arm());
    spark.setJobDescription("search: " + cell);
    return spark
        .parallelize(List.of(cell), 1)
        .map(one -> search(one, evaluations, shared.value()))
        .first();
  }

  /** In an executor: a search that throws is no reason to give up the others. */
  private static Ended search(SweepCell cell, int evaluations, SweepSearch search)
      throws InterruptedException {
    try {
      return new Ended(cell, new ArrayList<>(search.run(cell, evaluations)), "");
    } catch (RuntimeException e) {
      return new Ended(cell, List.of(), "%s, at %s".formatted(e, e.getStackTrace()[0]));
    }
  }

  private void sayProgress(Instant start, int ended, int all) {
    double used = (double) ended / all;
    String left =
        TimeLeft.of(Duration.between(start, context.clock().instant()), used, 1 - used)
            .map(TimeLeft::text)
            .orElse("unknown");
    say("%d of %d searches, time left %s".formatted(ended, all, left));
  }

  private void say(String line) {
    context.err().println(line);
  }
}
