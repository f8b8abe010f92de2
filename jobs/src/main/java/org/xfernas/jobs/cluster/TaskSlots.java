package org.xfernas.jobs.cluster;

import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/** Room for tasks. */
public final class TaskSlots {
  private static final long BETWEEN_EXECUTORS_MS = 3_000;
  private static final int LONGEST_WAIT = 10;

  private TaskSlots() {}

  /** The tasks that Spark can run at once now, by cores and GPUs; 1 before executors registered. */
  static int of(JavaSparkContext spark) {
    SparkContext context = spark.sc();
    int tasks =
        context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile());
    return Math.max(1, tasks);
  }

  /**
   * The same once the executors are there. An empty task waits for those that Spark expects, see
   * {@link SparkDefaults}; a standalone cluster without {@code spark.cores.max} expects none in
   * particular, so that this waits on for as long as more come.
   */
  public static int ofAllExecutors(JavaSparkContext spark) throws InterruptedException {
    if (spark.sc().isLocal()) {
      return of(spark);
    }
    spark.parallelize(List.of(0), 1).count();
    int before = 0;
    int slots = of(spark);
    for (int wait = 0; slots > before && wait < LONGEST_WAIT; wait++) {
      Thread.sleep(BETWEEN_EXECUTORS_MS);
      before = slots;
      slots = of(spark);
    }
    return slots;
  }
}
