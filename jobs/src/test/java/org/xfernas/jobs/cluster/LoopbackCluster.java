package org.xfernas.jobs.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A standalone cluster of several processes on this machine: a master, and workers of one core and
 * one simulated GPU each, with the addresses 0, 1, ...
 */
public final class LoopbackCluster implements AutoCloseable {
  private static final String HOST = InetAddress.getLoopbackAddress().getHostAddress();
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private final Path home;
  private final int workers;
  private final String master;
  private final List<Process> processes = new ArrayList<>();

  /**
   * @param home an empty directory, which becomes the cluster's Spark home
   */
  public LoopbackCluster(Path home, int workers) throws IOException {
    this.home = home;
    this.workers = workers;
    int port = freePort();
    this.master = "spark://%s:%d".formatted(HOST, port);
    // Where executors look for jars; they have the class path of the tests instead.
    Files.createDirectory(home.resolve("jars"));
    start(
        "master.Master",
        List.of(),
        List.of("--host", HOST, "--port", Integer.toString(port), "--webui-port", "0"));
    await().atMost(Duration.ofMinutes(1)).until(() -> accepts(port));
    for (int gpu = 0; gpu < workers; gpu++) {
      start(
          "worker.Worker",
          List.of(
              "-Dspark.worker.resource.gpu.amount=1",
              "-Dspark.worker.resource.gpu.discoveryScript=" + discoveryScript(gpu)),
          List.of(
              "--host",
              HOST,
              "--webui-port",
              "0",
              "--cores",
              "1",
              "--memory",
              "600m",
              "--work-dir",
              home.resolve("work").toString(),
              master));
    }
  }

  /** A driver with one executor on each worker and one GPU for each task. */
  JavaSparkContext connect() {
    SparkConf conf = conf();
    SparkDefaults.addTo(conf);
    return new JavaSparkContext(conf);
  }

  /** What such a driver is told. */
  public SparkConf conf() {
    return new SparkConf()
        .setMaster(master)
        .setAppName("loopback")
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", HOST)
        .set("spark.driver.bindAddress", HOST)
        .set("spark.executor.cores", "1")
        .set("spark.executor.memory", "500m")
        .set("spark.executor.extraClassPath", CLASS_PATH)
        .set("spark.executor.resource.gpu.amount", "1")
        .set("spark.task.resource.gpu.amount", "1")
        .set("spark.cores.max", Integer.toString(workers));
  }

  private void start(String daemon, List<String> options, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    command.addAll(List.of("-Xmx128m", "-cp", CLASS_PATH));
    command.addAll(options);
    command.add("org.apache.spark.deploy." + daemon);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    builder.environment().put("SPARK_LOCAL_IP", HOST);
    builder.redirectErrorStream(true);
    builder.redirectOutput(home.resolve(daemon + processes.size() + ".log").toFile());
    processes.add(builder.start());
  }

  private Path discoveryScript(int gpu) throws IOException {
    Path script = home.resolve("gpu-%d.sh".formatted(gpu));
    Files.writeString(
        script, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"%d\"]}'\n".formatted(gpu));
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(HOST, port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    processes.forEach(
        process -> {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
        });
  }
}
