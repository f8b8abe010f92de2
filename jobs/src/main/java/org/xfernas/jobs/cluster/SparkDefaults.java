package org.xfernas.jobs.cluster;

import org.apache.spark.SparkConf;

/** What Spark must be told before it starts, for trials to run well on it. */
public final class SparkDefaults {

  private SparkDefaults() {}

  /** Adds to {@code conf} what the user did not set. */
  public static void addTo(SparkConf conf) {
    // The first task waits for all executors: the slots that there are then are those to count on.
    conf.setIfMissing("spark.scheduler.minRegisteredResourcesRatio", "1");
    // A candidate that ended two executors would end the next ones too.
    conf.setIfMissing("spark.task.maxFailures", "2");
    // Of executors that train themselves, each task with the cores that it has.
    conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", conf.get("spark.task.cpus", "1"));
  }
}
