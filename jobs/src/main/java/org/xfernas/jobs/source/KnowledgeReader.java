package org.xfernas.jobs.source;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.table.EvaluatedText;
import org.xfernas.jobs.table.KnowledgeUnit;
import org.xfernas.jobs.table.SearchesTable.Knowledge;
import org.xfernas.jobs.table.SearchesTable.Reused;
import org.xfernas.jobs.table.TrialsTable;
import org.xfernas.search.Seed;
import org.xfernas.search.evaluator.ArchitectureTable;
import org.xfernas.search.space.BlockCellSpace;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.TaskDescriptor;
import org.xfernas.search.trial.TrialHistory;

/** Gathers what a search knows before its first trial, from wherever the user names. */
public final class KnowledgeReader {
  private static final String SECTION = "xfernas.search.sources: ";
  static final String OTHER_SPACE =
      "they are of another type of space, or their cells have other outputs";

  private final SearchSpace space;
  private final KnowledgeUnit target;
  private final Seed seed;
  private final SourceTasks tasks = new SourceTasks();
  private OptionalLong snapshot = OptionalLong.empty();
  private TrialHistory earlier = TrialHistory.EMPTY;
  private Reused reused = Reused.NOTHING;

  /**
   * Nothing gathered yet.
   *
   * @param space of the search
   * @param target the search's own knowledge unit
   * @param seed of the random draws
   */
  public KnowledgeReader(SearchSpace space, KnowledgeUnit target, Seed seed) {
    this.space = space;
    this.target = target;
    this.seed = seed;
  }

  /**
   * Draws from the evaluator's table, among the architectures that fit the space and have a value.
   *
   * @throws UsageException where there is no such column, it has no value or nothing fits
   */
  public void draw(SourceSettings source, String name, ArchitectureTable table) {
    Objective objective = new Objective(source.metricColumn(), source.minimize());
    double[] values = column(table, source.metricColumn());
    List<EvaluatedText> results = new ArrayList<>();
    for (int row = 0; row < values.length; row++) {
      if (Double.isFinite(values[row])) {
        results.add(
            new EvaluatedText(table.architectures().get(row), OptionalDouble.of(values[row])));
      }
    }
    if (results.isEmpty()) {
      throw new UsageException(
          "%sCannot learn from the source: its column has no value; name another column, or leave the source out (task=%s, metric=%s)"
              .formatted(SECTION, source.task(), objective.metric()));
    }
    if (objective.equals(target.objective())) {
      tasks.remark(
          "source %s is the target itself (metric=%s); what it gives is known before it is evaluated"
              .formatted(name, objective.metric()));
    }
    addFitting(
        source,
        Map.of(
            new KnowledgeUnit(
                name, Optional.empty(), "", Optional.empty(), Optional.empty(), objective),
            results));
  }

  private static double[] column(ArchitectureTable table, String column) {
    try {
      return table.column(column);
    } catch (IllegalArgumentException e) {
      throw new UsageException(SECTION + e.getMessage());
    }
  }

  /**
   * Reads a file: each knowledge unit of it is a source task.
   *
   * @param spark reads Parquet
   * @throws UsageException where the file is no such table, or nothing in it fits the space
   */
  public void read(SourceSettings source, String name, Supplier<SparkSession> spark)
      throws IOException {
    Map<KnowledgeUnit, List<EvaluatedText>> units = new LinkedHashMap<>();
    new SourceFile(source, name, spark)
        .read()
        .forEach(
            (declaration, rows) -> {
              if (isOther(space, declaration)) {
                throw new UsageException(
                    "%sCannot learn from the source: its space is another type than %s, or its cells have other outputs; leave the source out, or search in its space (task=%s, space=%s)"
                        .formatted(SECTION, space.type(), source.task(), declaration));
              }
              rows.forEach(
                  (unit, results) ->
                      units.computeIfAbsent(unit, key -> new ArrayList<>()).addAll(results));
            });
    addFitting(source, units);
  }

  private void addFitting(SourceSettings source, Map<KnowledgeUnit, List<EvaluatedText>> units) {
    List<KnowledgeUnit> all = List.copyOf(units.keySet());
    List<FittingResults> fitting =
        all.stream()
            .map(unit -> FittingResults.of(space, unit.objective(), units.get(unit)))
            .toList();
    if (fitting.stream().allMatch(one -> one.scores().isEmpty())) {
      throw new UsageException(
          "%sCannot learn from the source: none of its %d architectures is one of the space; compare its operations with those of xfernas.search.space (task=%s)"
              .formatted(
                  SECTION, units.values().stream().mapToInt(List::size).sum(), source.task()));
    }
    List<String> names = UnitNames.of(all);
    for (int i = 0; i < all.size(); i++) {
      addFitting(source, names.get(i), all.get(i).objective(), fitting.get(i));
    }
  }

  private void addFitting(
      SourceSettings source, String name, Objective objective, FittingResults fitting) {
    int wanted = source.evaluations().orElse(fitting.scores().size());
    if (wanted > fitting.scores().size()) {
      tasks.remark(
          "source %s has %d evaluations that fit, not %d: all are taken"
              .formatted(name, fitting.scores().size(), wanted));
    }
    tasks.add(
        name,
        objective,
        wanted < fitting.scores().size()
            ? fitting.draw(wanted, seed.child("source", name))
            : fitting,
        OptionalDouble.empty());
  }

  /**
   * Reads the table of trials: each knowledge unit but the search's own is a source task.
   *
   * @param version of the table; empty: it was empty
   * @param descriptors of data sets, by their fingerprints
   * @param asSources whether other units are learnt from
   * @param asOwn whether trials of the search's own unit count as the search's own history
   */
  public void readTrials(
      TrialsTable trials,
      OptionalLong version,
      Map<String, TaskDescriptor> descriptors,
      boolean asSources,
      boolean asOwn) {
    snapshot = version;
    if (version.isPresent()) {
      addUnits(trials.units(version.getAsLong()), descriptors, asSources, asOwn);
      if (asOwn) {
        reused = trials.spent(target, version.getAsLong());
      }
    }
  }

  /** Adds each unit but the search's own as a source task, that one as the search's own history. */
  void addUnits(
      Map<KnowledgeUnit, List<EvaluatedText>> units,
      Map<String, TaskDescriptor> descriptors,
      boolean asSources,
      boolean asOwn) {
    List<KnowledgeUnit> named = new ArrayList<>();
    for (KnowledgeUnit unit : units.keySet()) {
      if (!unit.key().equals(target.key())) {
        named.add(unit);
      } else if (asOwn) {
        earlier = FittingResults.of(space, unit.objective(), units.get(unit)).history(0);
      }
    }
    if (asSources) {
      int sources = named.size();
      named.add(target);
      List<String> names = UnitNames.of(named);
      for (int i = 0; i < sources; i++) {
        add(
            names.get(i),
            named.get(i),
            units.get(named.get(i)),
            expectedSimilarity(named.get(i), descriptors));
      }
    }
  }

  private OptionalDouble expectedSimilarity(
      KnowledgeUnit unit, Map<String, TaskDescriptor> descriptors) {
    Optional<TaskDescriptor> source = unit.fingerprint().map(descriptors::get);
    Optional<TaskDescriptor> own = target.fingerprint().map(descriptors::get);
    return source.isPresent() && own.isPresent()
        ? OptionalDouble.of(own.get().expectedSimilarity(source.get()))
        : OptionalDouble.empty();
  }

  private void add(
      String name,
      KnowledgeUnit unit,
      List<EvaluatedText> results,
      OptionalDouble expectedSimilarity) {
    if (isOther(space, unit.space())) {
      tasks.leaveOut(name, OTHER_SPACE);
    } else {
      tasks.add(
          name,
          unit.objective(),
          FittingResults.of(space, unit.objective(), results),
          expectedSimilarity);
    }
  }

  /**
   * Whether a declaration names another type of space or, as a cell's text leaves them unsaid,
   * other outputs of its cells; where it names none, the texts decide.
   */
  static boolean isOther(SearchSpace space, String declaration) {
    return isOther(declaration, "type", space.type())
        || (space instanceof BlockCellSpace blocks
            && isOther(declaration, "output", blocks.outputRule().name()));
  }

  private static boolean isOther(String declaration, String key, String own) {
    return named(declaration, key).filter(value -> !value.equalsIgnoreCase(own)).isPresent();
  }

  private static Optional<String> named(String declaration, String key) {
    try {
      return Optional.of(ConfigFactory.parseString(declaration).getString(key));
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  /** What was gathered. */
  public SearchKnowledge knowledge() {
    return new SearchKnowledge(
        tasks.knowledge(),
        earlier,
        new Knowledge(snapshot, tasks.uses(), Optional.of(reused)),
        tasks.notes());
  }
}
