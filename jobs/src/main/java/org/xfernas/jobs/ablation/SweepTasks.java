package org.xfernas.jobs.ablation;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.cluster.TaskSlots;
import org.xfernas.jobs.search.TimeLeft;
import org.xfernas.jobs.table.SweepsTable;
import org.xfernas.jobs.table.SweepsTable.Row;

/** Does the work of a sweep on Spark, one task each, and writes the rows of each when it ends. */
final class SweepTasks {
  /** Tasks that wait for a slot, for each that runs. */
  private static final int AHEAD = 2;

  private final JavaSparkContext spark;
  private final String id;
  private final Broadcast<SweepLab> lab;
  private final JobContext context;

  SweepTasks(SparkSession session, String id, SweepLab lab, JobContext context) {
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.id = id;
    this.lab = spark.broadcast(lab);
    this.context = context;
  }

  /**
   * How a piece of work ended.
   *
   * @param work what was to be done
   * @param rows that it gave
   * @param failure empty, or what stopped it and where
   */
  private record Ended(SweepWork work, List<Row> rows, String failure) implements Serializable {}

  /**
   * Does the work.
   *
   * @param table where rows are written
   * @return how many cells failed
   */
  int run(List<SweepWork> work, SweepsTable table) throws InterruptedException {
    ExecutorService jobs = Executors.newFixedThreadPool(AHEAD * TaskSlots.ofAllExecutors(spark));
    try {
      ExecutorCompletionService<Ended> completions = new ExecutorCompletionService<>(jobs);
      work.forEach(one -> completions.submit(() -> run(one)));
      return record(work.size(), completions, table);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Cannot run a task of the sweep: %s (sweep=%s)".formatted(e.getCause().getMessage(), id),
          e.getCause());
    } finally {
      jobs.shutdownNow();
    }
  }

  private int record(int all, ExecutorCompletionService<Ended> completions, SweepsTable table)
      throws InterruptedException, ExecutionException {
    Instant start = context.clock().instant();
    int ended = 0;
    int failed = 0;
    while (ended < all) {
      List<Row> rows = new ArrayList<>();
      for (Future<Ended> next = completions.take(); next != null; next = completions.poll()) {
        Ended done = next.get();
        ended++;
        if (!done.failure.isEmpty()) {
          failed += done.work.cells().size();
          say("%s failed: %s".formatted(done.work, done.failure));
        }
        rows.addAll(done.rows);
      }
      table.append(id, rows);
      sayProgress(start, ended, all);
    }
    return failed;
  }

  private Ended run(SweepWork work) {
    Broadcast<SweepLab> shared = lab;
    spark.setJobDescription("sweep: " + work);
    return spark.parallelize(List.of(work), 1).map(one -> run(one, shared.value())).first();
  }

  /** In an executor: work that throws is no reason to give up the rest. */
  private static Ended run(SweepWork work, SweepLab lab) throws InterruptedException {
    try {
      return new Ended(work, new ArrayList<>(work.run(lab)), "");
    } catch (RuntimeException e) {
      return new Ended(work, List.of(), "%s, at %s".formatted(e, e.getStackTrace()[0]));
    }
  }

  private void sayProgress(Instant start, int ended, int all) {
    double used = (double) ended / all;
    String left =
        TimeLeft.of(Duration.between(start, context.clock().instant()), used, 1 - used)
            .map(TimeLeft::text)
            .orElse("unknown");
    say("%d of %d tasks of the sweep, time left %s".formatted(ended, all, left));
  }

  private void say(String line) {
    context.err().println(line);
  }
}
