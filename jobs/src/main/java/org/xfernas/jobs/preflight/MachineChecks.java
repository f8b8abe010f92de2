package org.xfernas.jobs.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.xfernas.jobs.cluster.Gpus;
import org.xfernas.jobs.cluster.WorkerSettings;

/**
 * Whether the machines can hold what is to run on them.
 *
 * @param tasks one entry per task that Spark runs at a time
 * @param worker what each of them starts
 * @param wantsGpu whether trials are to run on GPUs
 */
record MachineChecks(List<Machine> tasks, WorkerSettings worker, boolean wantsGpu) {
  private static final long MIB = 1L << 20;

  /** What a Java process takes beside its heap, as Spark reckons: a tenth, at least 384 MiB. */
  private static final long SMALLEST_OVERHEAD = 384 * MIB;

  private static final double OVERHEAD = 0.1;

  /** Cores, memory and GPUs of each host. */
  List<Check> all() {
    Map<String, List<Machine>> hosts =
        tasks.stream()
            .collect(Collectors.groupingBy(Machine::host, TreeMap::new, Collectors.toList()));
    List<Check> checks = new ArrayList<>();
    for (List<Machine> host : hosts.values()) {
      checks.add(cores(host));
      checks.add(memory(host));
      if (wantsGpu) {
        checks.add(gpus(host));
      }
    }
    return checks;
  }

  private Check cores(List<Machine> host) {
    int cores = host.get(0).cores();
    int threads = Math.max(1, worker.threads()) * host.size();
    String finding =
        "%d on %s, for %d trials at a time".formatted(cores, host.get(0).host(), host.size());
    return threads <= cores
        ? Check.ok("cores", finding)
        : Check.warn(
            "cores",
            finding,
            "they wait for each other: give Spark fewer cores, such as --master local[%d]"
                .formatted(Math.max(1, cores / Math.max(1, worker.threads()))));
  }

  private Check memory(List<Machine> host) {
    long available = host.get(0).memory();
    long executors =
        host.stream()
            .collect(Collectors.toMap(Machine::executor, Machine::heap, Math::max))
            .values()
            .stream()
            .mapToLong(heap -> heap + Math.max(SMALLEST_OVERHEAD, (long) (OVERHEAD * heap)))
            .sum();
    long needed = executors + host.size() * worker.memory();
    String finding =
        "%s on %s; Spark may take %s and %d trials %s each"
            .formatted(
                gigabytes(available),
                host.get(0).host(),
                gigabytes(executors),
                host.size(),
                gigabytes(worker.memory()));
    if (needed <= available) {
      return Check.ok("memory", finding);
    }
    long fitting = (available - executors) / worker.memory();
    return Check.fail(
        "memory",
        finding,
        fitting > 0
            ? "lower xfernas.worker.heap and off-heap, or run fewer trials at a time: --master local[%d]"
                .formatted(fitting)
            : "lower xfernas.worker.heap and off-heap, and SPARK_DRIVER_MEMORY");
  }

  private static Check gpus(List<Machine> host) {
    int devices = host.get(0).gpuDevices();
    String finding =
        "%d on %s; its tasks have %s"
            .formatted(
                devices, host.get(0).host(), host.stream().map(Machine::gpus).distinct().toList());
    if (devices == 0) {
      return Check.missing(
          "gpus",
          finding,
          "use machines with an NVIDIA driver, or neither -Pcuda nor spark.task.resource.gpu.amount");
    }
    boolean alone = host.size() == 1 && host.get(0).executor().equals("driver");
    boolean given = alone || host.stream().noneMatch(task -> task.gpus().isEmpty());
    return given ? Check.ok("gpus", finding) : Check.fail("gpus", finding, Gpus.MEND);
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (1024.0 * MIB));
  }
}
