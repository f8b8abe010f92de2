package org.xfernas.search.surrogate.nao;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.BlockCellSpace;
import org.xfernas.search.space.Operations;
import org.xfernas.search.space.OutputRule;
import org.xfernas.search.surrogate.nao.NaoBatch.Example;

/** Speed of the encoder-predictor-decoder at the published sizes, on random architectures. */
public final class NaoSpeed {
  /** Section 3: 60 tokens of 21 kinds, three joined. */
  private static final NaoShape PUBLISHED = NaoShape.of(60, 3, 21, 0);

  private static final int ARCHITECTURES = 600;
  private static final int BATCH = 100;
  private static final int WARM_UP = 10;
  private static final int PROPOSALS = 300;

  private NaoSpeed() {}

  /**
   * Seconds of 1,000 epochs over 600 architectures in batches of 100.
   *
   * @param epochs that are measured, after some that are not
   */
  public static double secondsPerThousandEpochs(int epochs) {
    RandomGenerator random = new Seed(1).generator();
    List<Example> examples =
        Stream.generate(
                () ->
                    new Example(
                        random.ints(PUBLISHED.length(), 0, PUBLISHED.vocabulary()).toArray(),
                        -1,
                        random.nextFloat()))
            .limit(ARCHITECTURES)
            .toList();
    NaoUpdates updates = new NaoUpdates(NaoParameters.random(PUBLISHED, random), NaoLoss.DEFAULT);
    train(updates, examples, WARM_UP);
    long start = System.nanoTime();
    train(updates, examples, epochs);
    return (System.nanoTime() - start) * 1e-9 * 1_000 / epochs;
  }

  private static void train(NaoUpdates updates, List<Example> examples, int epochs) {
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (int first = 0; first < ARCHITECTURES; first += BATCH) {
        updates.update(
            NaoBatch.of(
                examples.subList(first, first + BATCH), (float) NaoLoss.DEFAULT.valueWeight()),
            1e-3f);
      }
    }
  }

  /** Seconds of a gradient step from 300 architectures of five blocks and of their decoding. */
  public static double secondsToPropose() {
    BlockCellSpace space = new BlockCellSpace(5, Operations.LARGE_SPACE, OutputRule.UNUSED);
    RandomGenerator random = new Seed(2).generator();
    NaoModel model = NaoModel.ofSpace(space, 0, new Seed(3));
    List<Architecture> starts =
        Stream.generate(() -> (Architecture) space.sample(random)).limit(PROPOSALS).toList();
    model.ascended(starts, 1);
    long start = System.nanoTime();
    model.ascended(starts, 1);
    return (System.nanoTime() - start) * 1e-9;
  }
}
