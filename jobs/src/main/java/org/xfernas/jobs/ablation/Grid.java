package org.xfernas.jobs.ablation;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
 * @param sourceTasks how many of the other tasks are sources; empty: all
 * @param relatedness of the sources; empty: as they are
 * @param adversarial share of the sources that are negated; empty: none
 * @param network kind = prediction: what the network minimises
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
    Optional<List<Integer>> sourceTasks,
    Optional<List<Double>> relatedness,
    Optional<List<Double>> adversarial,
    Losses network,
    Seeds seeds)
    implements Checked {

  /**
   * What the network minimises; the first of each are what others are compared with. Empty: as
   * {@code xfernas.search.optimizer.network} has it.
   *
   * @param valueWeight of the values' error
   * @param weightDecay L2 of the weights
   * @param residualDecay L2 of the residual predictors
   */
  record Losses(
      Optional<List<Double>> valueWeight,
      Optional<List<Double>> weightDecay,
      Optional<List<Double>> residualDecay)
      implements Checked {

    @Override
    public void check(Problems problems) {
      requireEach(
          problems,
          "value-weight",
          valueWeight,
          weight -> weight > 0 && weight <= 1,
          "must be above 0 and at most 1 each");
      requireEach(problems, "weight-decay", weightDecay, decay -> decay >= 0, NOT_NEGATIVE);
      requireEach(problems, "residual-decay", residualDecay, decay -> decay >= 0, NOT_NEGATIVE);
    }

    /** Whether any is set. */
    boolean areSet() {
      return valueWeight.isPresent() || weightDecay.isPresent() || residualDecay.isPresent();
    }

    /** Every combination, the first being what others are compared with. */
    List<LossCase> cases() {
      return values(valueWeight)
          .flatMap(
              weight ->
                  values(weightDecay)
                      .flatMap(
                          decay ->
                              values(residualDecay)
                                  .map(residual -> new LossCase(weight, decay, residual))))
          .toList();
    }
  }

  private static final String ONE = "must name at least one";
  private static final String NOT_NEGATIVE = "must be 0 or more each";

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
    requireEach(problems, "source-tasks", sourceTasks, many -> many > 0, "must be 1 or more each");
    requireEach(
        problems,
        "relatedness",
        relatedness,
        correlation -> Math.abs(correlation) <= 1,
        "must be between -1 and 1 each");
    requireEach(
        problems,
        "adversarial",
        adversarial,
        share -> share >= 0 && share <= 1,
        "must be between 0 and 1 each");
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
        sourceTasks,
        relatedness,
        adversarial,
        network,
        seeds);
  }

  private static <T> void requireEach(
      Problems problems, String key, Optional<List<T>> values, Predicate<T> range, String mend) {
    problems.require(values.isEmpty() || !values.get().isEmpty(), key, ONE);
    problems.require(values.stream().flatMap(List::stream).allMatch(range), key, mend);
  }

  /** The different values of an axis; null alone where it is not set. */
  private static <T> Stream<T> values(Optional<List<T>> axis) {
    return axis.map(list -> list.stream().distinct()).orElseGet(() -> Stream.of((T) null));
  }

  private static void requirePoints(Problems problems, String key, List<Integer> points) {
    problems.require(!points.isEmpty(), key, ONE);
    problems.require(points.stream().allMatch(many -> many >= 0), key, NOT_NEGATIVE);
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

  /** Whether it names a surrogate that has a loss. */
  boolean namesNetwork() {
    return surrogate.stream()
        .flatMap(name -> SurrogateType.named(name).stream())
        .anyMatch(SurrogateType::isNetwork);
  }

  /** The predictors that exist, in the order of the surrogates. */
  List<Predictor> predictors() {
    return allPredictors().stream().filter(Predictor::exists).toList();
  }

  /** The predictors, those included that do not exist. */
  List<Predictor> allPredictors() {
    return network.cases().stream().flatMap(loss -> predictors(loss).stream()).toList();
  }

  /** Those of one loss: of the first all surrogates, of others those that have one. */
  private List<Predictor> predictors(LossCase loss) {
    boolean first = loss.equals(network.cases().get(0));
    return surrogate.stream()
        .flatMap(name -> SurrogateType.named(name).stream())
        .distinct()
        .filter(type -> first || type.isNetwork())
        .flatMap(
            type -> {
              LossCase own = type.isNetwork() ? loss : LossCase.CONFIGURED;
              return transfers().stream().map(way -> new Predictor(type, way, own));
            })
        .toList();
  }

  /** The predictors that exist, those with the same loss together. */
  Collection<List<Predictor>> predictorsByLoss() {
    return predictors().stream()
        .collect(Collectors.groupingBy(Predictor::loss, LinkedHashMap::new, Collectors.toList()))
        .values();
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

  private Stream<SourceCase> cases() {
    return guardCase.stream()
        .distinct()
        .flatMap(name -> GuardCase.named(name).stream())
        .flatMap(
            guard ->
                values(sourceTasks)
                    .flatMap(
                        many ->
                            values(relatedness)
                                .flatMap(
                                    correlation ->
                                        values(adversarial)
                                            .map(
                                                share ->
                                                    new SourceCase(
                                                        guard, many, correlation, share, null)))));
  }

  private Stream<OptimizerType> types() {
    return optimizer.stream().distinct().flatMap(name -> OptimizerType.named(name).stream());
  }

  private List<Transfer> transfers() {
    return transfer.stream().distinct().flatMap(name -> Arm.transferNamed(name).stream()).toList();
  }
}
