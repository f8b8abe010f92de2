package org.xfernas.jobs.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.cluster.Gpus;
import org.xfernas.jobs.cluster.TaskSlots;
import org.xfernas.jobs.table.SparkTables;

/**
 * Whether Spark gives the executors that are asked for, and what they have.
 *
 * @param sections of the configuration
 * @param master that the user asked for
 */
record SparkChecks(PreflightSections sections, Optional<String> master) {

  /** Long enough for each of the tasks that run at a time to be given to another slot. */
  private static final long PAUSE_MS = 500;

  List<Check> all() {
    try (SparkSession session = session()) {
      JavaSparkContext spark = new JavaSparkContext(session.sparkContext());
      List<Machine> tasks = probe(spark);
      List<Check> checks = new ArrayList<>();
      checks.add(
          Check.ok("master", "%s runs %d tasks at a time".formatted(spark.master(), tasks.size())));
      checks.add(sql(session));
      checks.addAll(
          new MachineChecks(tasks, sections.worker(), wantsGpu(session.sparkContext())).all());
      return checks;
    } catch (TimeoutException e) {
      return List.of(
          Check.fail(
              "master",
              "no executor came within %d s".formatted(sections.preflight().patience().toSeconds()),
              "the master's page shows whether its workers have the cores, memory and GPUs asked for"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(Check.fail("master", e, "run preflight again"));
    } catch (Exception e) {
      return List.of(Check.fail("master", e, "start that master, or name another by --master"));
    }
  }

  private static Check sql(SparkSession session) {
    try {
      long trials = session.table("trials").count();
      return Check.ok("sql", "finds %d trials in the tables".formatted(trials));
    } catch (RuntimeException e) {
      return Check.fail("sql", e, "set xfernas.tables.catalog to what Spark can reach too");
    }
  }

  private SparkSession session() {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("xfernas preflight")
            .config("spark.eventLog.enabled", false)
            .config("spark.scheduler.minRegisteredResourcesRatio", 1.0)
            .config(
                "spark.scheduler.maxRegisteredResourcesWaitingTime",
                sections.preflight().patience().toSeconds() + "s");
    master.ifPresent(builder::master);
    SparkTables.properties(sections.tables()).forEach(builder::config);
    return builder.getOrCreate();
  }

  /** One machine per task that can run at a time. */
  private List<Machine> probe(JavaSparkContext spark)
      throws ExecutionException, InterruptedException, TimeoutException {
    collect(spark, 1);
    return collect(spark, TaskSlots.ofAllExecutors(spark));
  }

  private List<Machine> collect(JavaSparkContext spark, int tasks)
      throws ExecutionException, InterruptedException, TimeoutException {
    List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
    JavaFutureAction<List<Machine>> machines =
        spark
            .parallelize(numbers, tasks)
            .map(
                number -> {
                  Thread.sleep(PAUSE_MS);
                  return Machine.ofTask();
                })
            .collectAsync();
    return machines.get(sections.preflight().patience().toMillis(), TimeUnit.MILLISECONDS);
  }

  private static boolean wantsGpu(SparkContext spark) {
    return Gpus.isCudaBuild() || Gpus.areConfigured(spark.getConf());
  }
}
