package org.xfernas.jobs.preflight;

import org.nd4j.linalg.factory.Nd4j;
import org.xfernas.jobs.cluster.Gpus;

/** Whether ND4J's native library loads. */
final class BackendCheck {
  private BackendCheck() {}

  static Check run() {
    if (Gpus.isCudaBuild() && Gpus.devicesHere() == 0) {
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
}
