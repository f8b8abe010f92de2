package org.xfernas.jobs.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.stat.ranking.NaNStrategy;
import org.hipparchus.stat.ranking.NaturalRanking;
import org.hipparchus.stat.ranking.TiesStrategy;

/** Tests of paired results, and the correction for making many of them. */
public final class PairedTest {
  private PairedTest() {}

  /**
   * Wilcoxon's signed-rank test, one-sided: how likely differences at least as low as these would
   * be if each had either sign with equal probability. Exact, ties included: equal sizes share the
   * mean of their ranks, and differences of 0 are left out.
   *
   * @param differences of the pairs
   * @return 1 where nothing differs
   */
  public static double lower(double[] differences) {
    double[] changes = Arrays.stream(differences).filter(change -> change != 0).toArray();
    if (changes.length == 0) {
      return 1;
    }
    double[] ranks =
        new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE)
            .rank(Arrays.stream(changes).map(Math::abs).toArray());
    // Twice the ranks are whole numbers.
    int[] sizes = Arrays.stream(ranks).mapToInt(rank -> (int) Math.round(2 * rank)).toArray();
    int negative =
        IntStream.range(0, sizes.length).filter(i -> changes[i] < 0).map(i -> sizes[i]).sum();
    return Arrays.stream(probabilities(sizes)).skip(negative).sum();
  }

  /** Probability of each sum of sizes, where each is added with probability one half. */
  private static double[] probabilities(int[] sizes) {
    double[] probabilities = new double[Arrays.stream(sizes).sum() + 1];
    probabilities[0] = 1;
    for (int size : sizes) {
      for (int sum = probabilities.length - 1; sum >= 0; sum--) {
        double with = sum >= size ? probabilities[sum - size] : 0;
        probabilities[sum] = (probabilities[sum] + with) / 2;
      }
    }
    return probabilities;
  }

  /** Holm's step-down correction of the p-values of one table, in their order. */
  public static List<Double> holm(List<Double> values) {
    List<Integer> ascending =
        IntStream.range(0, values.size())
            .boxed()
            .sorted(Comparator.comparing(values::get))
            .toList();
    Double[] corrected = new Double[values.size()];
    double least = 0;
    for (int rank = 0; rank < ascending.size(); rank++) {
      int place = ascending.get(rank);
      least = Math.max(least, Math.min(1, (values.size() - rank) * values.get(place)));
      corrected[place] = least;
    }
    return new ArrayList<>(List.of(corrected));
  }
}
