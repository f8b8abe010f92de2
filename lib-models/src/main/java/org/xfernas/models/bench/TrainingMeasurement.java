package org.xfernas.models.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.xfernas.models.layer.PlannedVertex;
import org.xfernas.models.layer.StepProfile;
import org.xfernas.models.network.CandidateNetwork;
import org.xfernas.models.network.Optimization;
import org.xfernas.search.Seed;

/**
 * Times the training of {@link MeasuredNetwork} in this process: says {@value #READY} after its
 * warm-up, waits for a line on standard input, measures, and prints one JSON line. So several of
 * them can be started together.
 */
public final class TrainingMeasurement {
  /** Line that says that the warm-up is over. */
  static final String READY = "ready";

  static final int BATCH = 64;

  /** After less, Java still compiles DL4J's code on the cores that train. */
  private static final Duration WARM_UP = Duration.ofSeconds(15);

  private static final Duration PLAN_WARM_UP = Duration.ofSeconds(3);
  private static final Duration WINDOW = Duration.ofMillis(1_200);
  private static final int WINDOWS = 9;
  private static final int PROFILED_STEPS = 8;

  /** Argument that leaves out what the graph costs and where the time goes. */
  static final String SPEED_ONLY = "speed-only";

  private final ComputationGraph graph;
  private final PlanPass plans;
  private final DataSet batch;

  private TrainingMeasurement() {
    Optimization optimization = new Optimization(0.024, 0.024, 1, 0.9, 5e-4, 0);
    Seed seed = new Seed(1);
    graph = MeasuredNetwork.network().build(optimization, seed);
    batch = randomBatch(seed);
    plans = new PlanPass(graph, batch.getFeatures());
  }

  private static DataSet randomBatch(Seed seed) {
    RandomGenerator random = seed.generator();
    INDArray images =
        Nd4j.create(
            DataType.FLOAT,
            BATCH,
            MeasuredNetwork.IMAGES.height(),
            MeasuredNetwork.IMAGES.width(),
            MeasuredNetwork.IMAGES.channels());
    for (long pixel = 0; pixel < images.length(); pixel++) {
      images.putScalar(pixel, random.nextGaussian());
    }
    INDArray labels = Nd4j.zeros(DataType.FLOAT, BATCH, MeasuredNetwork.CLASSES);
    for (int n = 0; n < BATCH; n++) {
      labels.putScalar(n, n % MeasuredNetwork.CLASSES, 1);
    }
    return new DataSet(images, labels);
  }

  /**
   * Measures once.
   *
   * @param arguments {@value #SPEED_ONLY}, or none
   */
  public static void main(String[] arguments) throws IOException {
    boolean whole = !List.of(arguments).contains(SPEED_ONLY);
    TrainingMeasurement measurement = new TrainingMeasurement();
    millisPerStep(measurement::fit, WARM_UP);
    if (whole) {
      millisPerStep(measurement.plans::run, PLAN_WARM_UP);
    }
    System.out.println(READY);
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    if (input.readLine() == null) {
      return;
    }
    Map<String, Object> result = whole ? measurement.measureAll() : measurement.measureSpeed();
    System.out.println(new ObjectMapper().writeValueAsString(result));
    CandidateNetwork.close(measurement.graph);
  }

  private void fit() {
    graph.fit(batch);
  }

  private Map<String, Object> measureSpeed() {
    double[] millis = new double[WINDOWS];
    Arrays.setAll(millis, window -> millisPerStep(this::fit, WINDOW));
    return new LinkedHashMap<>(Map.of("images_per_s", imagesPerSecond(median(millis))));
  }

  /** Windows of training and of the plans alone take turns. */
  private Map<String, Object> measureAll() {
    double[] fitMillis = new double[WINDOWS];
    double[] planMillis = new double[WINDOWS];
    for (int window = 0; window < WINDOWS; window++) {
      fitMillis[window] = millisPerStep(this::fit, WINDOW);
      planMillis[window] = millisPerStep(plans::run, WINDOW);
    }
    double fit = median(fitMillis);
    double plan = median(planMillis);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("images_per_s", imagesPerSecond(fit));
    result.put("parameters", MeasuredNetwork.network().parameters());
    result.put("threads", Nd4j.getEnvironment().maxThreads());
    result.put("batch", BATCH);
    result.put("step_ms", rounded(fit));
    result.put("plan_step_ms", rounded(plan));
    result.put("graph_overhead_percent", rounded(100 * (fit / plan - 1)));
    result.put("profile_ms", profile());
    return result;
  }

  private static double imagesPerSecond(double millisPerStep) {
    return rounded(BATCH * 1000 / millisPerStep);
  }

  /** Of whole steps, at least one, until the time is over. */
  private static double millisPerStep(Runnable step, Duration time) {
    long start = System.nanoTime();
    int steps = 0;
    do {
      step.run();
      steps++;
    } while (System.nanoTime() - start < time.toNanos());
    return (System.nanoTime() - start) / 1e6 / steps;
  }

  private Map<String, Double> profile() {
    StepProfile profile = StepProfile.measuring();
    PlannedVertex.of(graph).forEach(vertex -> vertex.measureInto(profile));
    for (int i = 0; i < PROFILED_STEPS; i++) {
      fit();
    }
    Map<String, Double> millis = new TreeMap<>();
    profile
        .nanoseconds()
        .forEach((label, nanos) -> millis.put(label, rounded(nanos / 1e6 / PROFILED_STEPS)));
    return millis;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
