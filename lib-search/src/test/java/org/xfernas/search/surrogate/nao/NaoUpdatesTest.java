package org.xfernas.search.surrogate.nao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfernas.search.Seed;
import org.xfernas.search.surrogate.nao.NaoBatch.Example;

class NaoUpdatesTest {
  private static final int CHECKED = 400;

  private static NaoShape shape(int joined) {
    return new NaoShape(12, joined, 7, 32, 32, 32, 3);
  }

  private static NaoBatch batch(NaoShape shape, int size) {
    RandomGenerator random = new Seed(2).generator();
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int[] tokens = random.ints(shape.length(), 0, shape.vocabulary()).toArray();
      float value = i % 5 == 4 ? Float.NaN : (float) random.nextGaussian();
      examples.add(new Example(tokens, i % (shape.tasks() + 1) - 1, value));
    }
    return NaoBatch.of(examples, 0.8f);
  }

  /** Random residuals too, which start at zero. */
  private static NaoParameters parameters(NaoShape shape) {
    NaoParameters parameters = NaoParameters.random(shape, new Seed(1).generator());
    RandomGenerator random = new Seed(3).generator();
    for (int i = parameters.residual.at(); i < parameters.values.length; i++) {
      parameters.values[i] = (float) random.nextGaussian();
    }
    return parameters;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void givesTheLossAndTheGradientOfTheDefinition(int joined) {
    NaoShape shape = shape(joined);
    NaoParameters parameters = parameters(shape);
    NaoBatch batch = batch(shape, 31);
    NaoUpdates updates = new NaoUpdates(parameters, NaoLoss.DEFAULT);

    assertThat(updates.loss(batch)).isCloseTo(new PlainNao(parameters).loss(batch), within(1e-5));

    float[] gradient = updates.gradient().values.clone();
    double scale = 0;
    for (float each : gradient) {
      scale = Math.max(scale, Math.abs(each));
    }
    RandomGenerator random = new Seed(4).generator();
    for (int check = 0; check < CHECKED; check++) {
      int at = random.nextInt(gradient.length);
      assertThat((double) gradient[at])
          .as("gradient by parameter %d", at)
          .isCloseTo(slope(parameters, batch, at), within(1e-3 * scale));
    }
  }

  private static double slope(NaoParameters parameters, NaoBatch batch, int at) {
    float value = parameters.values[at];
    float step = 1e-3f;
    parameters.values[at] = value + step;
    double above = new PlainNao(parameters).loss(batch);
    float up = parameters.values[at];
    parameters.values[at] = value - step;
    double below = new PlainNao(parameters).loss(batch);
    double width = (double) up - parameters.values[at];
    parameters.values[at] = value;
    return (above - below) / width;
  }

  @Test
  void learnsABatchByHeart() {
    NaoShape shape = shape(2);
    NaoBatch batch = batch(shape, 20);
    NaoUpdates updates = new NaoUpdates(parameters(shape), NaoLoss.DEFAULT);
    double before = updates.loss(batch);
    for (int i = 0; i < 300; i++) {
      updates.update(batch, 5e-3f);
    }

    assertThat(updates.loss(batch)).isLessThan(before / 20);
  }
}
