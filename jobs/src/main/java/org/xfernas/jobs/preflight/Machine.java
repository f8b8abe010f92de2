package org.xfernas.jobs.preflight;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.xfernas.jobs.cluster.Gpus;

/**
 * What an executor has, as seen from one of its tasks; a container's limits are taken into account.
 *
 * @param host its name
 * @param executor Spark's id of the executor
 * @param cores that the Java process may use
 * @param memory bytes of the machine or the container
 * @param heap most bytes of the executor's Java heap
 * @param gpus addresses of the GPUs that the task was given
 * @param gpuDevices NVIDIA's devices on the machine
 */
record Machine(
    String host,
    String executor,
    int cores,
    long memory,
    long heap,
    List<String> gpus,
    int gpuDevices)
    implements Serializable {

  /** The machine that the calling task runs on. */
  static Machine ofTask() {
    ResourceInformation gpu = TaskContext.get().resourcesJMap().get("gpu");
    return new Machine(
        hostName(),
        SparkEnv.get().executorId(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize(),
        Runtime.getRuntime().maxMemory(),
        gpu == null ? List.of() : Arrays.stream(gpu.addresses()).toList(),
        Gpus.devicesHere());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot tell the name of this machine", e);
    }
  }
}
