package org.xfernas.jobs.cluster;

import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/** Room for tasks. */
final class TaskSlots {

  private TaskSlots() {}

  /** The tasks that Spark can run at once now, by cores and GPUs; 1 before executors registered. */
  static int of(JavaSparkContext spark) {
    SparkContext context = spark.sc();
    int tasks =
        context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile());
    return Math.max(1, tasks);
  }
}
