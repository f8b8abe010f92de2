package org.xfernas.jobs.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.package$;
import org.apache.spark.resource.ResourceInformation;
import org.xfernas.jobs.cluster.TrialSupervisor.Supervised;
import org.xfernas.jobs.worker.TrialRequest;
import org.xfernas.jobs.worker.WorkerProtocol;
import org.xfernas.search.trial.TrialResult.Place;

/** A Spark task of one trial: the line of a {@link TrialRequest} in, that of a report out. */
final class TrialTask implements Function<String, String> {
  private final TrialSpec spec;

  TrialTask(TrialSpec spec) {
    this.spec = spec;
  }

  @Override
  public String call(String request) throws InterruptedException {
    TaskContext task = TaskContext.get();
    WorkerLaunch launch = new WorkerLaunch(spec.trainer(), spec.worker(), gpu(task), task.cpus());
    Supervised supervised =
        new TrialSupervisor(WorkerPool.INSTANCE, launch, spec.deadline())
            .supervise(WorkerProtocol.read(request, TrialRequest.class), task::isInterrupted);
    SparkEnv spark = SparkEnv.get();
    Place place =
        new Place(
            spark.blockManager().blockManagerId().host(),
            spark.executorId(),
            launch.device(),
            versions(supervised.versions()));
    return WorkerProtocol.write(
        new TaskReport(supervised.report(), task.attemptNumber() + supervised.workers(), place));
  }

  private static Map<String, String> versions(Map<String, String> ofWorker) {
    Map<String, String> versions = new HashMap<>(ofWorker);
    versions.put("spark", package$.MODULE$.SPARK_VERSION());
    return versions;
  }

  private static Optional<String> gpu(TaskContext task) {
    Map<String, ResourceInformation> resources = task.resourcesJMap();
    return Optional.ofNullable(resources.get("gpu")).map(gpu -> gpu.addresses()[0]);
  }
}
