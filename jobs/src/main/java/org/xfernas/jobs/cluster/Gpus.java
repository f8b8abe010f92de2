package org.xfernas.jobs.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.xfernas.jobs.MissingHardwareException;
import org.xfernas.jobs.UsageException;

/** Whether trials are to run on GPUs, and what that needs. */
public final class Gpus {
  private static final String CUDA = "org.nd4j.linalg.jcublas.JCublasBackend";
  private static final String PER_TASK = "spark.task.resource.gpu.amount";

  /** What to change where trials would not know which GPU is theirs. */
  public static final String MEND =
      "set spark.task.resource.gpu.amount=1 and spark.executor.resource.gpu.amount=1, as conf/search.conf does, or build without -Pcuda";

  private Gpus() {}

  /** Whether this is the build with -Pcuda. */
  public static boolean isCudaBuild() {
    try {
      Class.forName(CUDA, false, Gpus.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Whether Spark is told to give each task a GPU. */
  public static boolean areConfigured(SparkConf conf) {
    return conf.getDouble(PER_TASK, 0) > 0;
  }

  /** Number of NVIDIA devices on the machine of the calling process. */
  public static int devicesHere() {
    try (Stream<Path> devices = Files.list(Path.of("/dev"))) {
      return (int)
          devices.filter(device -> device.getFileName().toString().matches("nvidia\\d+")).count();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the devices of this machine", e);
    }
  }

  /**
   * Refuses to train where this is the build for CUDA and no GPU can be used.
   *
   * @param conf of a Spark that has not started
   * @throws MissingHardwareException where trials would run on this machine and it has none
   * @throws UsageException where the executors of a cluster are not told to have one
   */
  public static void requireWhereWanted(SparkConf conf) {
    if (isCudaBuild()) {
      requireForCuda(conf, devicesHere());
    }
  }

  /**
   * The same, of a build for CUDA. Spark on one machine alone gives its tasks no GPU addresses:
   * they have the first one.
   *
   * @param devices on this machine
   */
  static void requireForCuda(SparkConf conf, int devices) {
    boolean here = conf.get("spark.master", "").matches("local(\\[.*)?");
    if (here && devices == 0) {
      throw new MissingHardwareException(
          "Cannot train: this build is for CUDA, and there is no NVIDIA device on this machine; install the driver, or build without -Pcuda");
    }
    if (!here && !areConfigured(conf)) {
      throw new UsageException(
          "Cannot train: this build is for CUDA, and Spark is not told to give each trial a GPU; "
              + MEND);
    }
  }
}
