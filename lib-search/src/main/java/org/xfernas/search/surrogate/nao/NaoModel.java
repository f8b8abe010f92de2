package org.xfernas.search.surrogate.nao;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.nao.NaoBatch.Example;

/**
 * A trained encoder-predictor-decoder (Luo et al. 2018; section 3 of the method); immutable.
 *
 * <p>The value of an architecture on task d is f_u(e) + r_d(e), where e is its embedding, f_u the
 * universal predictor and r_d the linear residual predictor of the task (section 2; linear is our
 * choice (R)). Beside the labelled architectures, the encoder and the decoder learn random ones of
 * the space (Luo et al., "Semi-Supervised Neural Architecture Search", 2020): they have to know the
 * space where labels are few.
 */
public final class NaoModel {
  private static final int BATCH = 100;
  private static final float LEARNING_RATE = 1e-3f;

  private final NaoTokens tokens;
  private final NaoParameters parameters;
  private final NaoWeights weights;

  /**
   * A labelled architecture.
   *
   * @param architecture it
   * @param task index of its task among those with a residual predictor; {@link #UNIVERSAL} where
   *     the universal one alone gives its value
   * @param value normalised score
   */
  public record Label(Architecture architecture, int task, double value) {
    /** In the place of a task. */
    public static final int UNIVERSAL = -1;
  }

  private NaoModel(NaoTokens tokens, NaoParameters parameters) {
    this.tokens = tokens;
    this.parameters = parameters;
    this.weights = new NaoWeights(parameters);
  }

  /** A model that knows the space and no values, after so many updates by random architectures. */
  public static NaoModel ofSpace(SearchSpace space, int updates, Seed seed) {
    return ofSpace(space, updates, NaoLoss.DEFAULT, seed);
  }

  /** The same with another loss. */
  public static NaoModel ofSpace(SearchSpace space, int updates, NaoLoss loss, Seed seed) {
    NaoTokens tokens = new NaoTokens(space);
    RandomGenerator random = seed.generator();
    NaoParameters parameters = NaoParameters.random(tokens.shape(0), random);
    return new NaoModel(tokens, parameters).trained(List.of(), 0, updates, loss, seed);
  }

  /**
   * A model that goes on from this one.
   *
   * @param labels what to learn
   * @param tasks number of tasks with a residual predictor
   * @param updates of {@value #BATCH} architectures each
   * @param loss to be minimised
   * @param seed of batches
   */
  public NaoModel trained(List<Label> labels, int tasks, int updates, NaoLoss loss, Seed seed) {
    RandomGenerator random = seed.child("batches").generator();
    NaoParameters next = parameters.withTasks(tasks);
    NaoUpdates training = new NaoUpdates(next, loss);
    List<List<int[]>> forms =
        labels.stream().map(label -> tokens.forms(label.architecture(), random)).toList();
    int[] order = IntStream.range(0, labels.size()).toArray();
    int at = 0;
    for (int update = 0; update < updates; update++) {
      List<Example> batch = new ArrayList<>();
      int labelled = Math.min(labels.size(), BATCH * 3 / 4);
      for (int i = 0; i < labelled; i++, at++) {
        if (at % order.length == 0) {
          shuffle(order, random);
        }
        int index = order[at % order.length];
        List<int[]> equal = forms.get(index);
        int[] form = tokens.swapped(equal.get(random.nextInt(equal.size())), random);
        Label label = labels.get(index);
        batch.add(new Example(form, label.task(), (float) label.value()));
      }
      while (batch.size() < Math.min(BATCH, labelled * 2) || batch.size() < BATCH / 4) {
        batch.add(new Example(tokens.sample(random), -1, Float.NaN));
      }
      training.update(NaoBatch.of(batch, (float) loss.valueWeight()), rate(update, updates));
    }
    return new NaoModel(tokens, next);
  }

  /** Constant for the first half, then falling to zero. */
  private static float rate(int update, int updates) {
    return LEARNING_RATE * Math.min(1, 2f * (updates - update) / updates);
  }

  private static void shuffle(int[] order, RandomGenerator random) {
    for (int last = order.length - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int swapped = order[last];
      order[last] = order[other];
      order[other] = swapped;
    }
  }

  /**
   * What the model gives of architectures, row by row.
   *
   * @param embeddings unit vectors
   * @param universal values of f_u
   * @param residuals [task][row]: values of r_d
   */
  public record Values(double[][] embeddings, double[] universal, double[][] residuals) {}

  /** Embeddings and values. */
  public Values values(List<Architecture> architectures) {
    int count = architectures.size();
    int tasks = parameters.shape.tasks();
    Values values = new Values(new double[count][], new double[count], new double[tasks][count]);
    IntStream.range(0, parts(count))
        .parallel()
        .forEach(part -> addValues(values, architectures, part * NaoUpdates.PART));
    return values;
  }

  private static int parts(int count) {
    return (count + NaoUpdates.PART - 1) / NaoUpdates.PART;
  }

  private void addValues(Values values, List<Architecture> architectures, int first) {
    int end = Math.min(first + NaoUpdates.PART, architectures.size());
    NaoPass pass = encode(architectures.subList(first, end));
    float[] universal = pass.predict();
    for (int row = first; row < end; row++) {
      values.embeddings[row] = pass.embedding(row - first);
      values.universal[row] = universal[row - first];
      for (int task = 0; task < values.residuals.length; task++) {
        values.residuals[task][row] = pass.residual(row - first, task);
      }
    }
  }

  private NaoPass encode(List<Architecture> architectures) {
    NaoPass pass = new NaoPass(parameters.shape, architectures.size());
    pass.encode(weights, architectures.stream().map(tokens::of).toList());
    return pass;
  }

  /** What the decoder makes of each architecture's encoding: itself, if all is well. */
  public List<Architecture> reconstructed(List<Architecture> architectures) {
    return decoded(architectures, pass -> {});
  }

  /**
   * Architectures that lie up the slope of the universal predictor: the encoder's outputs make one
   * gradient step of this length and are decoded again, every token among those that its position
   * allows.
   */
  public List<Architecture> ascended(List<Architecture> architectures, double length) {
    return decoded(architectures, pass -> pass.ascend((float) length));
  }

  private List<Architecture> decoded(List<Architecture> architectures, Consumer<NaoPass> move) {
    return IntStream.range(0, parts(architectures.size()))
        .parallel()
        .mapToObj(part -> part * NaoUpdates.PART)
        .flatMap(
            first -> {
              int end = Math.min(first + NaoUpdates.PART, architectures.size());
              NaoPass pass = encode(architectures.subList(first, end));
              move.accept(pass);
              return decode(pass, end - first).stream();
            })
        .toList();
  }

  private List<Architecture> decode(NaoPass pass, int rows) {
    int length = parameters.shape.length();
    List<int[]> decoded = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      decoded.add(new int[length]);
    }
    pass.startDecoding();
    for (int step = 0; step < length; step++) {
      Matrix logits = pass.decode(decoded, step, 1);
      for (int row = 0; row < rows; row++) {
        decoded.get(row)[step] = tokens.likeliest(logits.values(), logits.row(row), step);
      }
    }
    return decoded.stream().map(tokens::decode).toList();
  }

  /** How much of each token sequence the decoder reproduces: share of equal tokens. */
  public double reconstruction(List<Architecture> architectures) {
    List<Architecture> reconstructed = reconstructed(architectures);
    int equal = 0;
    int all = 0;
    for (int i = 0; i < architectures.size(); i++) {
      int[] expected = tokens.of(architectures.get(i));
      int[] actual = tokens.of(reconstructed.get(i));
      all += expected.length;
      equal +=
          (int) IntStream.range(0, expected.length).filter(t -> expected[t] == actual[t]).count();
    }
    return (double) equal / all;
  }
}
