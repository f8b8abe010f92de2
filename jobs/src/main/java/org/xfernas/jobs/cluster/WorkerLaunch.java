package org.xfernas.jobs.cluster;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfernas.jobs.worker.TrialWorkerMain;
import org.xfernas.models.layer.TrainingRuntime;

/**
 * How a trial worker is started. Workers of equal launches are interchangeable.
 *
 * @param trainer class name of the trainer
 * @param settings what the worker may take
 * @param gpu address of the GPU that is the worker's own, empty on a CPU
 * @param cores that the Spark task has
 */
record WorkerLaunch(String trainer, WorkerSettings settings, Optional<String> gpu, int cores) {

  /** The GPU's address, or {@code cpu}. */
  String device() {
    return gpu.orElse("cpu");
  }

  Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().putAll(environment());
    TrainingRuntime.removedFromEnvironment().forEach(builder.environment()::remove);
    return builder.start();
  }

  List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + settings.heap().bytes());
    // Of the whole process: JavaCPP's other limit does not count ND4J's arrays.
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=" + settings.memory());
    command.add("-XX:+ExitOnOutOfMemoryError");
    // What HotSpot says of a crash belongs with the logs: standard output is the protocol's.
    command.add("-XX:+DisplayVMOutputToStderr");
    command.add(
        "-XX:ErrorFile=" + Path.of(System.getProperty("java.io.tmpdir"), "hs_err_pid%p.log"));
    command.add("-XX:-CreateCoredumpOnCrash");
    command.addAll(TrainingRuntime.jvmArguments());
    command.add("-cp");
    command.add(classPath());
    command.add(TrialWorkerMain.class.getName());
    command.add(trainer);
    return command;
  }

  Map<String, String> environment() {
    int threads = settings.threads() == 0 ? cores : settings.threads();
    Map<String, String> environment = new HashMap<>(TrainingRuntime.environment(threads));
    gpu.ifPresent(address -> environment.put("CUDA_VISIBLE_DEVICES", address));
    return environment;
  }

  /** The application's jar, which Spark does not put on the executor's own class path, and that. */
  private static String classPath() {
    String application = Path.of(location()).toString();
    return application + File.pathSeparator + System.getProperty("java.class.path");
  }

  private static URI location() {
    try {
      return TrialWorkerMain.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot find the application's own classes", e);
    }
  }
}
