package org.xfernas.jobs.preflight;

import org.nd4j.linalg.factory.Nd4j;

/** Whether ND4J's native library loads. */
final class BackendCheck {
  private static final String CUDA = "org.nd4j.linalg.jcublas.JCublasBackend";

  private BackendCheck() {}

  static Check run() {
    if (isCuda() && Machine.gpuDevicesHere() == 0) {
      return Check.missing(
          "backend",
          "CUDA, and there is no NVIDIA device on this machine",
          "install the driver, or build without -Pcuda");
    }
    try {
      return Check.ok("backend", Nd4j.getBackend().getClass().getSimpleName());
    } catch (LinkageError | RuntimeException e) {
      return Check.fail(
          "backend", e, "ND4J needs Linux on x86-64; the release notes name its libraries");
    }
  }

  /** Whether this is the build with -Pcuda. */
  static boolean isCuda() {
    try {
      Class.forName(CUDA, false, BackendCheck.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
