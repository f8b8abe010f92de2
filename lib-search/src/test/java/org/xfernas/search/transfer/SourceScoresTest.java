package org.xfernas.search.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

class SourceScoresTest {
  private static final SearchSpace SPACE = new EdgeCellSpace(4, List.of("none", "skip", "conv"));

  private static TrialHistory history(int size) {
    RandomGenerator random = new Seed(1).generator();
    List<Observation> observations = new ArrayList<>();
    for (int number = 1; number <= size; number++) {
      Architecture architecture = SPACE.sample(random);
      observations.add(
          new Observation(number, architecture, SPACE.id(architecture), OptionalDouble.of(number)));
    }
    return new TrialHistory(observations);
  }

  @Test
  void moreIsThereThanIsLearntFromWhereTasksOrResultsAreMany() {
    SourceTask task = new SourceTask("task", history(20));
    assertThat(LearntSources.exceededBy(Collections.nCopies(40, task))).isFalse();
    assertThat(LearntSources.exceededBy(Collections.nCopies(41, task))).isTrue();
    assertThat(LearntSources.exceededBy(List.of(new SourceTask("task", history(801))))).isTrue();
  }

  @Test
  void ofManyTasksTheMostSimilarAreChosenAndAmongEqualsTheLargest() {
    List<SourceTask> tasks = new ArrayList<>();
    for (int task = 0; task < 50; task++) {
      tasks.add(new SourceTask("large " + task, history(30)));
    }
    tasks.add(new SourceTask("largest", history(60)));
    tasks.add(new SourceTask("similar", history(20), OptionalDouble.of(0.4)));
    tasks.add(new SourceTask("most similar", history(20), OptionalDouble.of(0.5)));
    tasks.add(new SourceTask("of one result", history(1), OptionalDouble.of(0.6)));

    List<SourceScores> chosen = SourceScores.chosen(tasks);

    assertThat(chosen).hasSize(40);
    assertThat(chosen.stream().map(SourceScores::task))
        .startsWith("most similar", "similar", "largest", "large 0");
    assertThat(chosen).allSatisfy(scores -> assertThat(scores.size()).isBetween(10, 20));
  }
}
