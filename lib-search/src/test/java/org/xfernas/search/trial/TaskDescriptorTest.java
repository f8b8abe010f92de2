package org.xfernas.search.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaskDescriptorTest {
  private static final TaskDescriptor TARGET = descriptor(32, 3, 120, 60, balanced(10));

  private static TaskDescriptor descriptor(
      int size, int channels, double mean, double deviation, List<Double> classShares) {
    return new TaskDescriptor(
        size,
        size,
        channels,
        Collections.nCopies(channels, mean),
        Collections.nCopies(channels, deviation),
        classShares);
  }

  private static List<Double> balanced(int classes) {
    return Collections.nCopies(classes, 1.0 / classes);
  }

  static List<TaskDescriptor> everyDifference() {
    return List.of(
        descriptor(16, 3, 120, 60, balanced(10)),
        descriptor(32, 1, 120, 60, balanced(10)),
        descriptor(32, 3, 200, 60, balanced(10)),
        descriptor(32, 3, 120, 20, balanced(10)),
        descriptor(32, 3, 120, 60, balanced(100)),
        descriptor(
            32, 3, 120, 60, List.of(0.55, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05)));
  }

  @Test
  void equalDataSetsAreExpectedToAgreeButNotToBeTheSame() {
    assertThat(TARGET.expectedSimilarity(TARGET)).isEqualTo(0.6);
  }

  @ParameterizedTest
  @MethodSource("everyDifference")
  void everyDifferenceLowersWhatIsExpected(TaskDescriptor other) {
    assertThat(TARGET.expectedSimilarity(other)).isPositive().isLessThan(0.6);
    assertThat(other.expectedSimilarity(TARGET))
        .isCloseTo(TARGET.expectedSimilarity(other), Offset.offset(1e-12));
  }

  @Test
  void oneClassOrNoStatisticsAreNoError() {
    TaskDescriptor bare = new TaskDescriptor(8, 8, 1, List.of(), List.of(), List.of(1.0));
    assertThat(bare.expectedSimilarity(TARGET)).isBetween(0.0, 0.6);
  }
}
