package org.xfernas.jobs.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.DataSet;
import org.xfernas.jobs.worker.CandidateSettings;
import org.xfernas.jobs.worker.WorkerProtocol;
import org.xfernas.models.training.Batches;
import org.xfernas.models.training.TrainingPass;
import org.xfernas.search.Seed;

/**
 * A pass over the training images by parameter averaging: in every step each Spark task takes its
 * share of the batch, so that learning rates fall as in one process; after some steps, parameters
 * and momentum are averaged.
 */
final class AveragedPass implements TrainingPass {
  private final JavaSparkContext spark;
  private final CandidateSettings settings;
  private final int tasks;
  private final int stepsPerRound;
  private final int share;
  private final BooleanSupplier expired;

  /**
   * @param tasks that a batch is divided among
   * @param stepsPerRound steps between two averagings
   * @param expired asked before every round whether there is no time left for it
   */
  AveragedPass(
      JavaSparkContext spark,
      CandidateSettings settings,
      int tasks,
      int stepsPerRound,
      BooleanSupplier expired) {
    this.spark = spark;
    this.settings = settings;
    this.tasks = tasks;
    this.stepsPerRound = stepsPerRound;
    this.share = Math.max(1, settings.protocol().batchSize() / tasks);
    this.expired = expired;
  }

  @Override
  public double run(ComputationGraph graph, int[] order, Seed variation) {
    int batchSize = settings.protocol().batchSize();
    int iterations = graph.getIterationCount() + (order.length + batchSize - 1) / batchSize;
    LoadBatch load = new LoadBatch(WorkerProtocol.write(settings), variation.value());
    int imagesPerRound = share * tasks * stepsPerRound;
    double loss = 0;
    for (int first = 0; first < order.length; first += imagesPerRound) {
      int last = Math.min(first + imagesPerRound, order.length);
      double ofRound = round(graph, shares(Arrays.copyOfRange(order, first, last)), load);
      if (!Double.isFinite(ofRound)) {
        return ofRound;
      }
      loss += ofRound * (last - first);
    }
    // Each round counts as a whole one, the last one too.
    graph.getConfiguration().setIterationCount(iterations);
    return loss / order.length;
  }

  /** Trains and averages once; the mean loss of the tasks' last steps. */
  private double round(ComputationGraph graph, List<int[]> shares, LoadBatch load) {
    if (expired.getAsBoolean()) {
      throw new CancellationException("no time left");
    }
    ParameterAveragingTrainingMaster master =
        new ParameterAveragingTrainingMaster.Builder(tasks, share)
            .batchSizePerWorker(share)
            .averagingFrequency(stepsPerRound)
            .workerPrefetchNumBatches(0)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .repartionData(Repartition.Never)
            .build();
    SparkComputationGraph averaged = new SparkComputationGraph(spark, graph, master);
    averaged.fit(spark.parallelize(shares, tasks).map(load));
    return averaged.getScore();
  }

  private List<int[]> shares(int[] images) {
    List<int[]> shares = new ArrayList<>();
    for (int first = 0; first < images.length; first += share) {
      shares.add(Arrays.copyOfRange(images, first, Math.min(first + share, images.length)));
    }
    return shares;
  }

  /**
   * Makes a batch in an executor, which keeps the images from one trial to the next.
   *
   * @param settings the candidates' settings as JSON
   * @param variation seed of the augmentation
   */
  private record LoadBatch(String settings, long variation) implements Function<int[], DataSet> {
    private static String keptSettings = "";
    private static Batches kept;

    @Override
    public DataSet call(int[] images) {
      return batches(settings).training(images, new Seed(variation));
    }

    private static synchronized Batches batches(String settings) {
      if (!settings.equals(keptSettings)) {
        CandidateSettings candidates = WorkerProtocol.read(settings, CandidateSettings.class);
        kept = new Batches(candidates.load(), candidates.protocol().augmentation());
        keptSettings = settings;
      }
      return kept;
    }
  }
}
