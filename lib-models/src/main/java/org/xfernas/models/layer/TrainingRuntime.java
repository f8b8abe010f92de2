package org.xfernas.models.layer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the speed of training needs on a Java command line and in its environment. */
public final class TrainingRuntime {
  private TrainingRuntime() {}

  /**
   * Arguments for Java; without them training is correct but slower: the Vector API, and a garbage
   * collector that has no threads of its own beside those that train.
   */
  public static List<String> jvmArguments() {
    return List.of("--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC");
  }

  /**
   * Environment variables: the native threads; OpenBLAS's threads, which the few products of DL4J's
   * own layers wake, set to sleep at once instead of taking the cores from the plans' threads for
   * some 20 ms; and glibc's allocator, so that memory that one step frees is the next step's, in
   * one arena, in large pages.
   *
   * @param threads for native code; best is one where trainings run side by side
   */
  public static Map<String, String> environment(int threads) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("OMP_NUM_THREADS", Integer.toString(threads));
    environment.put("OPENBLAS_THREAD_TIMEOUT", "4");
    environment.put("MALLOC_ARENA_MAX", "1");
    environment.put("MALLOC_MMAP_THRESHOLD_", "33554432");
    environment.put("MALLOC_TRIM_THRESHOLD_", "8589934592");
    environment.put("MALLOC_TOP_PAD_", "67108864");
    environment.put("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
    return environment;
  }

  /**
   * Variables that must not be inherited: OpenMP's own waiting policy is the fastest (148 images a
   * second against 104 and 107 with {@code active} and {@code passive}).
   */
  public static List<String> removedFromEnvironment() {
    return List.of("OMP_WAIT_POLICY");
  }
}
