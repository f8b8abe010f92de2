package org.xfernas.jobs.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;
import org.xfernas.jobs.ablation.SweepCell.Sources;
import org.xfernas.search.Seed;
import org.xfernas.search.evaluator.ArchitectureTable;
import org.xfernas.search.optimizer.Deduplication;
import org.xfernas.search.optimizer.OptimizerSettings;
import org.xfernas.search.optimizer.OptimizerType;
import org.xfernas.search.optimizer.RandomSearch;
import org.xfernas.search.optimizer.Transfer;
import org.xfernas.search.surrogate.NormalScores;
import org.xfernas.search.transfer.KnowledgeCache;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

class SweepSourcesTest {
  private final ArchitectureTable table = new SweepFixture().table();
  private final SweepSources sources =
      new SweepSources(
          SweepFixture.SPACE,
          new SweepTable(table, SweepFixture.TASKS, List.of()),
          new OptimizerSettings(OptimizerType.RANDOM, Transfer.NONE, 4, 2),
          new KnowledgeCache());

  private TrialHistory history(String target, String source, int points, GuardCase guardCase)
      throws InterruptedException {
    SourceKnowledge knowledge = sources.knowledge(target, new Sources(points, guardCase, 1));
    return knowledge.tasks().stream()
        .filter(task -> task.task().equals(source))
        .findFirst()
        .orElseThrow()
        .history();
  }

  private static List<String> architectures(TrialHistory history) {
    return history.observations().stream().map(o -> o.architecture().text()).toList();
  }

  private static double[] scores(TrialHistory history) {
    return history.observations().stream().mapToDouble(o -> o.score().orElseThrow()).toArray();
  }

  @Test
  void aTargetLearnsFromAllOtherTasks() throws InterruptedException {
    assertThat(sources.knowledge("near", new Sources(5, GuardCase.NONE, 1)).tasks())
        .extracting(SourceKnowledge.SourceTask::task)
        .containsExactly("down", "up");
  }

  @Test
  void drawsAreDifferentRowsWithTheSourceMetricsValues() throws InterruptedException {
    TrialHistory history = history("near", "up", 20, GuardCase.NONE);
    assertThat(architectures(history)).hasSize(20).doesNotHaveDuplicates();
    for (Observation observation : history.observations()) {
      int row = table.row(observation.architecture().text()).orElseThrow();
      assertThat(observation.score().orElseThrow()).isEqualTo(table.column("up_full")[row]);
    }
  }

  @Test
  void lowerLossesAreHigherScores() throws InterruptedException {
    Observation first = history("near", "down", 3, GuardCase.NONE).observations().get(0);
    int row = table.row(first.architecture().text()).orElseThrow();
    assertThat(first.score().orElseThrow()).isEqualTo(-table.column("loss")[row]);
  }

  @Test
  void aTaskGivesTheSameToAllTargetsAndFewerPointsAreTheFirst() throws InterruptedException {
    TrialHistory many = history("near", "up", 20, GuardCase.NONE);
    assertThat(history("down", "up", 20, GuardCase.NONE)).isEqualTo(many);
    assertThat(history("near", "up", 7, GuardCase.NONE).observations())
        .isEqualTo(many.observations().subList(0, 7));
  }

  @Test
  void otherSeedsDrawOthers() throws InterruptedException {
    SourceKnowledge other = sources.knowledge("near", new Sources(20, GuardCase.NONE, 2));
    assertThat(architectures(other.tasks().get(1).history()))
        .isNotEqualTo(architectures(history("near", "up", 20, GuardCase.NONE)));
  }

  @Test
  void guardCasesDisturbValuesAndNothingElse() throws InterruptedException {
    TrialHistory good = history("near", "up", 20, GuardCase.NONE);
    for (GuardCase guardCase : List.of(GuardCase.FLIPPED, GuardCase.SHUFFLED, GuardCase.HALF)) {
      assertThat(architectures(history("near", "up", 20, guardCase)))
          .isEqualTo(architectures(good));
    }
    assertThat(scores(history("near", "up", 20, GuardCase.FLIPPED)))
        .isEqualTo(Arrays.stream(scores(good)).map(score -> -score).toArray());
    assertThat(scores(history("near", "up", 20, GuardCase.SHUFFLED)))
        .containsExactlyInAnyOrder(scores(good))
        .isNotEqualTo(scores(good));
  }

  @Test
  void halfOfTheValuesStayWhereTheyAre() throws InterruptedException {
    double[] good = scores(history("near", "up", 20, GuardCase.NONE));
    double[] half = scores(history("near", "up", 20, GuardCase.HALF));
    assertThat(half).containsExactlyInAnyOrder(good);
    assertThat(IntStream.range(0, 20).filter(i -> half[i] != good[i]).count()).isBetween(5L, 10L);
  }

  private SourceKnowledge knowledge(
      Integer tasks, Double relatedness, Double adversarial, long seed)
      throws InterruptedException {
    SourceCase sourceCase = new SourceCase(GuardCase.NONE, tasks, relatedness, adversarial, null);
    return sources.knowledge("near", new Sources(20, sourceCase, seed));
  }

  private static double[] scores(SourceKnowledge knowledge, String task) {
    return knowledge.tasks().stream()
        .filter(source -> source.task().equals(task))
        .map(source -> scores(source.history()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void fewerSourcesAreSomeOfMoreAndTheSeedDecidesWhich() throws InterruptedException {
    Set<String> chosen = new TreeSet<>();
    for (long seed = 1; seed <= 10; seed++) {
      SourceKnowledge one = knowledge(1, null, null, seed);
      assertThat(one.tasks()).hasSize(1);
      assertThat(knowledge(null, null, null, seed).tasks()).containsAll(one.tasks());
      assertThat(knowledge(2, null, null, seed)).isEqualTo(knowledge(null, null, null, seed));
      chosen.add(one.tasks().get(0).task());
    }
    assertThat(chosen).containsExactly("down", "up");
  }

  @Test
  void aShareOfTheSourcesIsNegated() throws InterruptedException {
    SourceKnowledge good = knowledge(null, null, 0.0, 1);
    SourceKnowledge half = knowledge(null, null, 0.5, 1);
    assertThat(good).isEqualTo(knowledge(null, null, null, 1));
    assertThat(half.tasks()).filteredOn(good.tasks()::contains).hasSize(1);
    SourceKnowledge all = knowledge(null, null, 1.0, 1);
    for (String task : List.of("down", "up")) {
      assertThat(scores(all, task))
          .isEqualTo(Arrays.stream(scores(good, task)).map(score -> -score).toArray());
    }
  }

  @Test
  void relatednessIsTheCorrelationWithTheNormalScores() throws InterruptedException {
    double[] own = NormalScores.of(scores(knowledge(null, null, null, 1), "up"));
    assertThat(scores(knowledge(null, 1.0, null, 1), "up")).containsExactly(own, within(1e-12));
    assertThat(scores(knowledge(null, -1.0, null, 1), "up"))
        .containsExactly(Arrays.stream(own).map(score -> -score).toArray(), within(1e-12));
    double before = -1;
    for (double relatedness : new double[] {-0.5, 0, 0.5}) {
      double correlation = 0;
      for (long seed = 1; seed <= 30; seed++) {
        correlation +=
            new PearsonsCorrelation()
                    .correlation(
                        NormalScores.of(scores(knowledge(null, null, null, seed), "up")),
                        scores(knowledge(null, relatedness, null, seed), "up"))
                / 30;
      }
      assertThat(correlation).isCloseTo(relatedness, within(0.2)).isGreaterThan(before);
      before = correlation;
    }
  }

  @Test
  void aSourceAloneIsTheNamedOne() throws InterruptedException {
    assertThat(sources.knowledge("near", new Sources(20, SourceCase.only("up"), 1)).tasks())
        .containsExactly(knowledge(null, null, null, 1).tasks().get(1));
  }

  @Test
  void historiesAreRandomAtFirstAndBetterThen() throws InterruptedException {
    TrialHistory history = history("near", "up", 16, GuardCase.HISTORY);
    assertThat(architectures(history)).hasSize(16).doesNotHaveDuplicates();

    Seed seed = new Seed(1).child("source", "up");
    List<String> random =
        new RandomSearch(SweepFixture.SPACE, Deduplication.TEXT, seed.child("optimizer"))
            .suggest(TrialHistory.EMPTY, List.of(), 8).stream()
                .map(suggestion -> suggestion.architecture().text())
                .toList();
    assertThat(architectures(history).subList(0, 8)).isEqualTo(random);

    double[] scores = scores(history);
    assertThat(Arrays.stream(scores, 8, 16).average().orElseThrow())
        .isGreaterThan(Arrays.stream(scores, 0, 8).average().orElseThrow());
  }
}
