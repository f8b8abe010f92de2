package org.xfernas.jobs.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.table.SweepsTable.Cell;
import org.xfernas.search.optimizer.OptimizerType;
import org.xfernas.search.optimizer.Transfer;
import org.xfernas.search.surrogate.nao.NaoLoss;

class AblationSettingsTest {
  @TempDir Path directory;

  @BeforeEach
  void writeTable() throws IOException {
    new SweepFixture().write(directory.resolve("table.csv"));
  }

  private AblationSettings read(String... others) {
    return Settings.read(SweepFixture.config(directory, others), AblationSections.class).ablation();
  }

  @Test
  void aSweepIsReadWithItsDefaults() {
    AblationSettings settings = read();
    assertThat(settings.sweepTasks()).isEqualTo(SweepFixture.TASKS);
    assertThat(settings.targets()).containsExactly("down", "near", "up");
    assertThat(settings.grid().seeds().values()).containsExactly(1L, 2L, 3L);
    assertThat(settings.grid().arms())
        .containsExactly(
            new Arm(OptimizerType.RANDOM, Transfer.NONE),
            new Arm(OptimizerType.EVOLUTION, Transfer.NONE),
            new Arm(OptimizerType.EVOLUTION, Transfer.DEFAULT),
            new Arm(OptimizerType.REPLAY, Transfer.DEFAULT));
    assertThat(settings.grid().missingArms())
        .containsExactly(new Arm(OptimizerType.RANDOM, Transfer.DEFAULT));
    assertThat(settings.cells()).hasSize(4 * 3 * 3).doesNotHaveDuplicates();
  }

  @Test
  void seedsMayBeListed() {
    assertThat(read("xfernas.ablation.grid.seeds = [7, 3, 7]").grid().seeds().values())
        .containsExactly(7L, 3L);
  }

  @Test
  void anArmThatItsSurrogateDoesNotHaveIsRefused() {
    String perceptrons = "xfernas.search.optimizer.surrogate = mlp-ensemble";
    String alone = "xfernas.ablation.grid { optimizer = [bayesian], transfer = [none] }";
    String both =
        "xfernas.ablation.grid { optimizer = [bayesian, evolution], transfer = [none, default] }";

    assertThat(read(perceptrons, alone).grid().arms()).hasSize(1);
    assertThat(read(both).grid().arms()).hasSize(4);
    assertThatThrownBy(() -> read(perceptrons, both))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.ablation.grid.transfer")
        .hasMessageContaining(
            "there is no bayesian with transfer default by the surrogate mlp-ensemble;")
        .hasMessageNotContaining("evolution with");
  }

  @Test
  void lowerIsBetterWhereTheTableSaysSo() {
    List<SweepTask> tasks = read("xfernas.ablation.table.minimize = true").sweepTasks();
    assertThat(tasks).allSatisfy(task -> assertThat(task.minimize()).isTrue());
  }

  @Test
  void whatNoSweepCanRunWithIsRefusedAllAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    xfernas.ablation {
                      kind = predicton
                      tasks { up.source-metric = up_ful, near.test-metric = nothing_like_it }
                      grid {
                        optimizer = [evolutoin], transfer = [proces], target = [upp]
                        surrogate = [proces], source-points = [0], target-points = [-1], guard-case = [fliped], seeds = 0, sedes = 1
                      }
                      budget { evaluations = 0, controls = -1 }
                      output = "%s/table.csv/sweep"
                    }
                    """
                        .formatted(directory)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.ablation.kind = \"predicton\"")
        .hasMessageContaining(
            "must be one of backtest, prediction, search (did you mean prediction?)")
        .hasMessageContaining("xfernas.ablation.tasks.up.source-metric = \"up_ful\"")
        .hasMessageContaining(
            "the table has no column up_ful (did you mean up_full?); its columns are arch, loss, loss_test, near_val")
        .hasMessageContaining("xfernas.ablation.tasks.near.test-metric = \"nothing_like_it\"")
        .hasMessageContaining(
            "there is no evolutoin (did you mean evolution?); known are random, evolution, local-search, bayesian, nao, reinforce, replay, replay-evolution, rgpe")
        .hasMessageContaining("there is no proces (did you mean process?); known are default, none")
        .hasMessageContaining("there is no upp (did you mean up?); known are down, near, up")
        .hasMessageContaining(
            "there is no fliped (did you mean flipped?); known are none, flipped, shuffled, half, history")
        .hasMessageContaining("xfernas.ablation.grid.source-points = [0]")
        .hasMessageContaining("xfernas.ablation.grid.surrogate = [\"proces\"]")
        .hasMessageContaining(
            "there is no proces (did you mean process?); known are process, network")
        .hasMessageContaining("xfernas.ablation.grid.target-points = [-1]")
        .hasMessageContaining("xfernas.ablation.grid.seeds = 0")
        .hasMessageContaining(
            "xfernas.ablation.grid.sedes = 1 (String: 6): is no setting (did you mean seeds?)")
        .hasMessageContaining("xfernas.ablation.budget.evaluations = 0")
        .hasMessageContaining("xfernas.ablation.budget.controls = -1")
        .hasMessageContaining("xfernas.ablation.output = ");
  }

  @Test
  void emptyAxesAreRefused() {
    assertThatThrownBy(
            () ->
                read(
                    "xfernas.ablation.grid { optimizer = [], surrogate = [], transfer = [], target = [], source-points = [], target-points = [], guard-case = [], seeds = [], source-tasks = [], relatedness = [], adversarial = [], network { value-weight = [], weight-decay = [], residual-decay = [] } }"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("grid.optimizer = []")
        .hasMessageContaining("grid.surrogate = []")
        .hasMessageContaining("grid.target-points = []")
        .hasMessageContaining("grid.transfer = []")
        .hasMessageContaining("grid.target = []")
        .hasMessageContaining("grid.source-points = []")
        .hasMessageContaining("grid.guard-case = []")
        .hasMessageContaining("grid.seeds = []")
        .hasMessageContaining("grid.source-tasks = []")
        .hasMessageContaining("grid.relatedness = []")
        .hasMessageContaining("grid.adversarial = []")
        .hasMessageContaining("grid.network.value-weight = []")
        .hasMessageContaining("grid.network.weight-decay = []")
        .hasMessageContaining("grid.network.residual-decay = []");
  }

  @Test
  void valuesOutOfRangeAndAxesOfAnotherKindAreRefusedAllAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    "xfernas.ablation.grid { source-tasks = [0, 3], relatedness = [1.5], adversarial = [-0.1], network { value-weight = [0], weight-decay = [-1], residual-decay = [-2] } }"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("grid.source-tasks = [0,3]")
        .hasMessageContaining("must be 1 or more each")
        .hasMessageContaining("each of 3 tasks has 2 others to learn from; lower it to that")
        .hasMessageContaining("grid.relatedness = [1.5]")
        .hasMessageContaining("must be between -1 and 1 each")
        .hasMessageContaining("grid.adversarial = [-0.1]")
        .hasMessageContaining("grid.network.value-weight = [0]")
        .hasMessageContaining("grid.network.weight-decay = [-1]")
        .hasMessageContaining("grid.network.residual-decay = [-2]")
        .hasMessageContaining("only kind = prediction varies what the network minimises")
        .hasMessageContaining("grid.surrogate names no network; add network or joint-network");
  }

  @Test
  void aBacktestIsOfOptimizersThatChooseAndOfSourcesAsTheyAre() {
    assertThatThrownBy(
            () ->
                read(
                    "xfernas.ablation { kind = backtest, grid { optimizer = [evolution, bayesian], transfer = [default], source-tasks = [1], relatedness = [0], adversarial = [0], guard-case = [flipped] } }"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(
            "cannot be held to the architectures that have a result: evolution; name some of bayesian, nao, rgpe and random")
        .hasMessageContaining("grid.source-tasks = [1]")
        .hasMessageContaining("grid.relatedness = [0]")
        .hasMessageContaining("grid.adversarial = [0]")
        .hasMessageContaining("grid.guard-case = [\"flipped\"]")
        .hasMessageContaining("a backtest's sources are the other tasks as they are; leave it out")
        .hasMessageContaining("nothing is searched both with sources and without");
  }

  @Test
  void aBacktestHasAllSourcesAndEachAlone() {
    AblationSettings settings =
        read("xfernas.ablation { kind = backtest, grid { optimizer = [bayesian], seeds = 2 } }");
    SweepKind kind = SweepKind.of(settings, Optional.empty());
    assertThat(kind.cells())
        .hasSize(3 * 3 * 2 * 2)
        .doesNotHaveDuplicates()
        .filteredOn(cell -> cell.task().equals("up"))
        .extracting(Cell::guardCase)
        .containsOnly("none", "only down", "only near");
    assertThat(kind.work(cell -> true)).as("one without sources for all").hasSize(3 * 2 * (3 + 1));
  }

  @Test
  void sourcesThatDifferAreToldByTheirCase() {
    AblationSettings settings =
        read(
            "xfernas.ablation.grid { source-tasks = [1, 2], relatedness = [0.5], adversarial = [0, 1], guard-case = [none, half] }");
    assertThat(settings.cells())
        .hasSize(4 * 3 * 3 * 8)
        .doesNotHaveDuplicates()
        .extracting(cell -> cell.key().guardCase())
        .contains(
            "source-tasks=1, relatedness=0.5, adversarial=0.0",
            "half, source-tasks=2, relatedness=0.5, adversarial=1.0");
  }

  @Test
  void lossesAreThoseOfTheNetworkAlone() {
    AblationSettings settings =
        read(
            "xfernas.ablation { kind = prediction, grid { surrogate = [process, network], transfer = [none], target-points = [0], network { value-weight = [0.8, 0.5], residual-decay = [1e-2, 1] } } }");
    assertThat(SweepKind.of(settings, Optional.empty()).arms())
        .containsExactly(
            "process with transfer none",
            "network (value-weight=0.8, residual-decay=0.01) with transfer none",
            "network (value-weight=0.8, residual-decay=1.0) with transfer none",
            "network (value-weight=0.5, residual-decay=0.01) with transfer none",
            "network (value-weight=0.5, residual-decay=1.0) with transfer none");
    assertThat(new LossCase(0.5, null, 1.0).over(NaoLoss.DEFAULT))
        .isEqualTo(new NaoLoss(0.5, NaoLoss.DEFAULT.weightDecay(), 1));
  }

  @Test
  void settingsThatAreLeftAtTheirDefaultsChangeNoName() {
    Config effective = SweepFixture.config(directory);
    Config older = effective;
    for (String path :
        List.of(
            "ablation.grid.source-tasks",
            "ablation.grid.relatedness",
            "ablation.grid.adversarial",
            "ablation.grid.network",
            "search.optimizer.network")) {
      older = older.withoutPath(Settings.ROOT + "." + path);
    }
    String name = SweepId.of(older, OptionalLong.empty());
    assertThat(SweepId.of(effective, OptionalLong.empty())).isEqualTo(name);
    for (String set :
        List.of(
            "xfernas.ablation.grid.adversarial = [0]",
            "xfernas.ablation.grid.network.weight-decay = [0]",
            "xfernas.search.optimizer.network.residual-decay = 0.1")) {
      assertThat(SweepId.of(SweepFixture.config(directory, set), OptionalLong.empty()))
          .isNotEqualTo(name);
    }
  }

  @Test
  void morePointsThanRowsAreRefused() {
    assertThatThrownBy(() -> read("xfernas.ablation.grid.source-points = [12, 28]"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(
            "cannot draw 28 points of up_full: the table has 27 rows with a value of it; lower grid.source-points");
  }

  @Test
  void aSweepOverPredictionsIsRead() {
    AblationSettings settings =
        read(
            "xfernas.ablation { kind = prediction, grid { surrogate = [nao, gaussian-process, mlp-ensemble], source-points = [0, 12], target-points = [6, 0, 6] } }");
    SweepKind kind = SweepKind.of(settings, Optional.empty());
    assertThat(kind.arms())
        .containsExactly(
            "network with transfer none",
            "network with transfer default",
            "process with transfer none",
            "process with transfer default",
            "mlp-ensemble with transfer none");
    assertThat(kind.leftOut()).containsExactly("mlp-ensemble with transfer default");
    assertThat(kind.cells()).hasSize(5 * 3 * 2 * 2 * 3).doesNotHaveDuplicates();
    assertThat(kind.work(cell -> true)).hasSize(3 * 3 * 3 + 2 * 3 * 3);
  }

  @Test
  void moreTargetPointsThanTheTableHasAreRefusedForEachTask() {
    assertThatThrownBy(
            () -> read("xfernas.ablation { kind = prediction, grid.target-points = [0, 100] }"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("cannot fit to 100 points of up_val: the table has 26 rows")
        .hasMessageContaining("cannot fit to 100 points of loss: the table has 27 rows");
  }

  @Test
  void aGridInWhichNothingCanLearnIsRefused() {
    assertThatThrownBy(
            () ->
                read(
                    "xfernas.ablation { kind = prediction, grid { surrogate = [mlp-ensemble], transfer = [default], target-points = [0] } }"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("nothing that the grid names can learn in this way");
    assertThatThrownBy(
            () -> read("xfernas.ablation.grid { optimizer = [random], transfer = [process] }"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("nothing that the grid names can learn in this way");
  }

  @Test
  void aMetricWithNothingToFindIsRefused() throws IOException {
    Files.writeString(
        directory.resolve("table.csv"),
        "arch,up_val,up_full\n|conv~0|+|conv~0|conv~1|,5,5\n|pool~0|+|conv~0|conv~1|,5,6\n");
    assertThatThrownBy(
            () ->
                read(
                    "xfernas.ablation { tasks { near = null, down = null }, grid.transfer = [none] }"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(
            "Cannot search by up_val: no value of the table is better than its median");
  }

  @Test
  void anArchitectureOutsideTheSpaceIsRefused() {
    assertThatThrownBy(() -> read("xfernas.ablation.space.operations = [conv, pool]"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("an architecture of the table is none of the space")
        .hasMessageContaining("zero");
  }

  @Test
  void anUnknownTargetOrNoSpaceIsAllThatIsSaid() {
    for (String kind : List.of("search", "prediction", "backtest")) {
      String grid =
          "xfernas.ablation { kind = %s, grid { optimizer = [bayesian], target-points = [0] } }"
              .formatted(kind);
      assertThatThrownBy(() -> read(grid, "xfernas.ablation.grid.target = [upp]"))
          .as(kind)
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("xfernas.ablation.grid.target = [\"upp\"]")
          .hasMessageContaining("there is no upp (did you mean up?); known are down, near, up")
          .hasMessageNotContaining("table.path");
      assertThatThrownBy(() -> read(grid, "xfernas.ablation.space = null"))
          .as(kind)
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("declare the space of the table's architectures");
    }
  }

  @Test
  void aMissingTableIsRefused() {
    assertThatThrownBy(() -> read("xfernas.ablation.table.path = nowhere.csv"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.ablation.table.path = \"nowhere.csv\"")
        .hasMessageContaining("there is no such file");
  }

  @Test
  void columnsThatAreNoFeaturesAreRefused() {
    assertThatThrownBy(() -> read("xfernas.ablation.table.features = [near_fulll]"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.ablation.table.features = [\"near_fulll\"]")
        .hasMessageContaining(
            "the table has no column near_fulll (did you mean near_full?); its columns are arch, loss");
    assertThatThrownBy(() -> read("xfernas.ablation.table.features = [near_full, up_val]"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.ablation.table.features = [\"near_full\",\"up_val\"]")
        .hasMessageContaining("Cannot take column \"up_val\" as a feature: it has no number for ");
  }
}
