package org.xfernas.models.layer;

import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Stochastic gradient descent with momentum as PyTorch and NAO have it: v = momentum v + gradient,
 * p = p - rate v. DL4J's {@code Nesterovs} is another method.
 */
public final class Momentum implements IUpdater {
  private double momentum;
  private ISchedule learningRate;

  /** For JSON. */
  @SuppressWarnings("unused")
  private Momentum() {}

  /**
   * @param momentum share of the velocity that stays
   * @param learningRate rate by iteration
   */
  public Momentum(double momentum, ISchedule learningRate) {
    this.momentum = momentum;
    this.learningRate = learningRate;
  }

  @Override
  public long stateSize(long parameters) {
    return parameters;
  }

  @Override
  public GradientUpdater<Momentum> instantiate(INDArray state, boolean initialise) {
    Velocity velocity = new Velocity(this);
    velocity.setStateViewArray(state, state.shape(), state.ordering(), initialise);
    return velocity;
  }

  @Override
  public GradientUpdater<Momentum> instantiate(Map<String, INDArray> state, boolean initialise) {
    Velocity velocity = new Velocity(this);
    velocity.setState(state, initialise);
    return velocity;
  }

  @Override
  public double getLearningRate(int iteration, int epoch) {
    return learningRate.valueAt(iteration, epoch);
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  @Override
  public void setLrAndSchedule(double rate, ISchedule schedule) {
    throw new UnsupportedOperationException(
        "Cannot set a learning rate: it follows the schedule of the configuration");
  }

  @Override
  public Momentum clone() {
    return new Momentum(momentum, learningRate.clone());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Momentum that
        && momentum == that.momentum
        && learningRate.equals(that.learningRate);
  }

  @Override
  public int hashCode() {
    return Objects.hash(momentum, learningRate);
  }

  private static final class Velocity implements GradientUpdater<Momentum> {
    private static final String STATE = "velocity";

    private final Momentum configuration;
    private INDArray velocity;

    Velocity(Momentum configuration) {
      this.configuration = configuration;
    }

    @Override
    public Momentum getConfig() {
      return configuration;
    }

    @Override
    public void setState(Map<String, INDArray> state, boolean initialise) {
      velocity = state.get(STATE);
    }

    @Override
    public Map<String, INDArray> getState() {
      return Map.of(STATE, velocity);
    }

    @Override
    public void setStateViewArray(
        INDArray view, long[] gradientShape, char gradientOrder, boolean initialise) {
      if (initialise) {
        view.assign(0);
      }
      velocity = view.reshape(view.length());
    }

    /** Replaces the gradient by what is subtracted from the parameters. */
    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
      velocity.muli(configuration.momentum);
      Nd4j.getExecutioner().exec(new Axpy(gradient, velocity, velocity, 1));
      velocity.muli(configuration.getLearningRate(iteration, epoch), gradient);
    }
  }
}
