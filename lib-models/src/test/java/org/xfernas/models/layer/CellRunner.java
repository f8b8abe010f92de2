package org.xfernas.models.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.xfernas.search.Seed;

/** Runs the plan of a cell by itself, with numbers as plain arrays. */
public final class CellRunner implements AutoCloseable {
  private final CellGraph graph;
  private final DataType type;
  private final INDArray vector;
  private final INDArray gradientVector;
  private final CellParameters gradients;
  private final PlanMemory forwardMemory;
  private final PlanMemory backwardMemory;
  private final ScratchPool pool;
  private final CellPlan plan;

  /** A runner for batches of one size; its parameters are those of {@link #initialParameters}. */
  public CellRunner(CellGraph graph, DataType type, int batch) {
    this(graph, type, batch, true);
  }

  /** A runner that may not be asked for the gradients of its inputs. */
  static CellRunner withoutInputGradients(CellGraph graph, DataType type, int batch) {
    return new CellRunner(graph, type, batch, false);
  }

  /** A runner of the same cell for batches of another size, which shares its memory. */
  CellRunner withBatch(int batch) {
    return new CellRunner(this, batch);
  }

  private CellRunner(CellRunner other, int batch) {
    graph = other.graph;
    type = other.type;
    vector = other.vector;
    gradientVector = other.gradientVector;
    gradients = other.gradients;
    forwardMemory = other.forwardMemory;
    backwardMemory = other.backwardMemory;
    pool = other.pool;
    CellParameters parameters = new CellParameters(graph, vector);
    plan = new CellPlan(new PlanBuilder(graph, batch, true, parameters, forwardMemory));
  }

  private CellRunner(CellGraph graph, DataType type, int batch, boolean inputGradients) {
    this.graph = graph;
    this.type = type;
    double[] initial = initialParameters(graph);
    vector = Nd4j.create(type, Math.max(1, initial.length));
    gradientVector = Nd4j.create(type, Math.max(1, initial.length));
    if (initial.length > 0) {
      HostVector.of(vector).write(initial);
    }
    CellParameters parameters = new CellParameters(graph, vector);
    gradients = new CellParameters(graph, gradientVector);
    forwardMemory = new PlanMemory(type);
    backwardMemory = new PlanMemory(type);
    pool = new ScratchPool(type);
    plan = new CellPlan(new PlanBuilder(graph, batch, inputGradients, parameters, forwardMemory));
  }

  /** Random parameters, all of a size that matters: what is trained, then running statistics. */
  public static double[] initialParameters(CellGraph graph) {
    RandomGenerator random = new Seed(5).generator();
    int trainable = Math.toIntExact(graph.trainableParameters());
    double[] values = new double[trainable + Math.toIntExact(graph.statistics())];
    for (int i = 0; i < values.length; i++) {
      values[i] = i < trainable ? random.nextGaussian() : 0.5 + random.nextDouble();
    }
    return values;
  }

  /** The result of a pass, [batch, height, width, channels] flattened. */
  public double[] forward(boolean training, List<double[]> inputs) {
    INDArray[] arrays = new INDArray[inputs.size()];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = array(inputs.get(i));
    }
    return values(plan.forward(arrays, training, StepProfile.off()).array());
  }

  /** Gradients of parameters and inputs after {@link #forward} in training. */
  public Gradients backward(double[] outputGradient) {
    plan.prepareBackward(gradients, backwardMemory, pool);
    List<Tensor> inputs = plan.backward(array(outputGradient), StepProfile.off());
    List<double[]> inputGradients = new ArrayList<>();
    (inputs == null ? List.<Tensor>of() : inputs)
        .forEach(tensor -> inputGradients.add(values(tensor.array())));
    double[] all = values(gradientVector);
    return new Gradients(
        Arrays.copyOf(all, Math.toIntExact(graph.trainableParameters())),
        Arrays.copyOfRange(
            all,
            Math.toIntExact(graph.trainableParameters()),
            Math.toIntExact(graph.trainableParameters() + graph.statistics())),
        inputGradients);
  }

  /**
   * What a backward pass gives.
   *
   * @param trainable of what is trained
   * @param statistics steps of the running statistics
   * @param inputs of each input
   */
  public record Gradients(double[] trainable, double[] statistics, List<double[]> inputs) {}

  private INDArray array(double[] values) {
    return Nd4j.createFromArray(values).castTo(type);
  }

  private static double[] values(INDArray array) {
    return HostVector.of(array).read();
  }

  @Override
  public void close() {
    forwardMemory.close();
    backwardMemory.close();
    pool.close();
  }
}
