package org.xfernas.jobs.ablation;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xfernas.jobs.config.Checked;
import org.xfernas.jobs.config.Problems;
import org.xfernas.jobs.config.Seeds;
import org.xfernas.search.NearestName;
import org.xfernas.search.optimizer.OptimizerType;
import org.xfernas.search.optimizer.SurrogateType;
import org.xfernas.search.optimizer.Transfer;

/**
 * The section {@code xfernas.ablation.grid}: every combination of these is a cell.
 *
 * @param optimizer kind = search: names of optimizers and baselines
 * @param surrogate kind = prediction: names of surrogates
 * @param transfer how they learn from sources
 * @param target names of the tasks to search on; empty: all
 * @param sourcePoints results of each source
 * @param targetPoints kind = prediction: results of the target
 * @param guardCase what is done to the sources
 * @param seeds of the draws and the searches
 */
record Grid(
    List<String> optimizer,
    List<String> surrogate,
    List<String> transfer,
    Optional<List<String>> target,
    List<Integer> sourcePoints,
    List<Integer> targetPoints,
    List<String> guardCase,
    Seeds seeds)
    implements Checked {

  @Override
  public void check(Problems problems) {
    requireKnown(
        problems,
        "optimizer",
        optimizer,
        Arrays.stream(OptimizerType.values()).map(OptimizerType::text).toList());
    requireKnown(problems, "surrogate", surrogate, SurrogateType.names());
    requireKnown(
        problems, "transfer", transfer, Arrays.stream(Transfer.values()).map(Arm::text).toList());
    requireKnown(
        problems,
        "guard-case",
        guardCase,
        Arrays.stream(GuardCase.values()).map(GuardCase::text).toList());
    requirePoints(problems, "source-points", sourcePoints);
    requirePoints(problems, "target-points", targetPoints);
    problems.require(
        !seeds.values().isEmpty(), "seeds", "must be 1 or more, or a list of at least one");
  }

  /** The same with these tasks to search on. */
  Grid with(List<String> targets) {
    return new Grid(
        optimizer,
        surrogate,
        transfer,
        Optional.of(targets),
        sourcePoints,
        targetPoints,
        guardCase,
        seeds);
  }

  private static void requirePoints(Problems problems, String key, List<Integer> points) {
    problems.require(!points.isEmpty(), key, "must name at least one");
    problems.require(points.stream().allMatch(many -> many >= 0), key, "must be 0 or more each");
  }

  /** Reports the setting where it names nothing, or something that is not known. */
  static void requireKnown(
      Problems problems, String key, List<String> names, Collection<String> known) {
    problems.require(
        !names.isEmpty(), key, "must name at least one of " + String.join(", ", known));
    for (String name : names) {
      problems.require(
          known.contains(name),
          key,
          "there is no %s%s; known are %s"
              .formatted(
                  name,
                  NearestName.of(name, known).map(" (did you mean %s?)"::formatted).orElse(""),
                  String.join(", ", known)));
    }
  }

  /** The arms that exist, in the order of the optimizers. */
  List<Arm> arms() {
    return types().flatMap(type -> Arm.of(type, transfers()).stream()).toList();
  }

  /** What the grid names and no optimizer has. */
  List<Arm> missingArms() {
    List<Arm> arms = arms();
    return types()
        .flatMap(type -> transfers().stream().map(transfer -> new Arm(type, transfer)))
        .filter(arm -> !arms.contains(arm))
        .filter(arm -> !arm.isBaseline())
        .toList();
  }

  /** The predictors that exist, in the order of the surrogates. */
  List<Predictor> predictors() {
    return allPredictors().stream().filter(Predictor::exists).toList();
  }

  /** The predictors, those included that do not exist. */
  List<Predictor> allPredictors() {
    return Predictor.of(
        surrogate.stream().flatMap(name -> SurrogateType.named(name).stream()).distinct().toList(),
        transfers());
  }

  /** Numbers of points of the target, ascending. */
  List<Integer> targetPointsInOrder() {
    return targetPoints.stream().distinct().sorted().toList();
  }

  /** The largest number of points of the target. */
  int mostTargetPoints() {
    return targetPoints.stream().max(Integer::compare).orElse(0);
  }

  /** The draws of sources: seed by seed. */
  Stream<SweepCell.Sources> sources() {
    return seeds.values().stream()
        .flatMap(
            seed ->
                sourcePoints.stream()
                    .distinct()
                    .flatMap(
                        points ->
                            cases().map(guard -> new SweepCell.Sources(points, guard, seed))));
  }

  private Stream<GuardCase> cases() {
    return guardCase.stream().distinct().flatMap(name -> GuardCase.named(name).stream());
  }

  private Stream<OptimizerType> types() {
    return optimizer.stream().distinct().flatMap(name -> OptimizerType.named(name).stream());
  }

  private List<Transfer> transfers() {
    return transfer.stream().distinct().flatMap(name -> Arm.transferNamed(name).stream()).toList();
  }
}
