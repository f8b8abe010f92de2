package org.xfernas.jobs.search;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfernas.jobs.cluster.TrialSettings;
import org.xfernas.jobs.cluster.WorkerSettings;
import org.xfernas.jobs.config.Checked;
import org.xfernas.jobs.config.Problems;
import org.xfernas.jobs.table.ColumnSettings;
import org.xfernas.jobs.table.TableFile;
import org.xfernas.jobs.table.TablesSettings;
import org.xfernas.jobs.worker.CandidateSettings;
import org.xfernas.models.dataset.DataSettings;
import org.xfernas.models.dataset.TaskDescription;
import org.xfernas.models.network.CandidateNetwork;
import org.xfernas.models.network.NetworkSettings;
import org.xfernas.models.training.CandidateTrainer;
import org.xfernas.search.trial.Fidelity;

/**
 * What the job reads of a configuration.
 *
 * @param output directory of the runs
 * @param search what to search, how, and for how long
 * @param data images that candidates are trained on
 * @param network size of the candidates
 * @param trial how they are trained
 * @param worker what their training may take
 * @param report what is shown beside the result
 * @param tables where results are kept
 */
record SearchSections(
    Path output,
    SearchSettings search,
    DataSettings data,
    NetworkSettings network,
    TrialSettings trial,
    WorkerSettings worker,
    ReportSettings report,
    TablesSettings tables)
    implements Checked {

  /** Whether candidates are trained, or only looked up. */
  boolean trains() {
    return search.evaluator() instanceof EvaluatorSettings.Train;
  }

  /** The same for the choice at the end. */
  SearchSections ofChoice() {
    return new SearchSections(
        output,
        search.ofChoice(),
        data,
        network,
        search.choice().fidelity().map(trial::with).orElse(trial),
        worker,
        report,
        tables);
  }

  /**
   * How many evaluations of the search cost as much as the choice at the end; a table's cost is the
   * same in both.
   */
  double costOfChoice() {
    double each =
        fidelity().isPresent()
            ? passes(ofChoice().trial().fidelity()) / passes(trial.fidelity())
            : 1;
    return each * search.choice().candidates();
  }

  private static double passes(Fidelity fidelity) {
    return fidelity.epochs() * fidelity.dataFraction();
  }

  /** What showing the search needs. */
  ReportSections shown() {
    return new ReportSections(output, search, report, tables);
  }

  /** How much candidates are trained; empty where they are looked up. */
  Optional<Fidelity> fidelity() {
    return trains() ? Optional.of(trial.fidelity()) : Optional.empty();
  }

  /** What the training of all candidates has in common. */
  CandidateSettings candidates() {
    return new CandidateSettings(data, network, trial.protocol(), trial.fidelity());
  }

  @Override
  public void check(Problems problems) {
    problems.requireWritable("output", output);
    if (search.evaluator() instanceof EvaluatorSettings.Table table) {
      problems.require(
          Files.isReadable(table.path()),
          "search.evaluator.path",
          "there is no such file, seen from %s; correct the path"
              .formatted(Path.of("").toAbsolutePath()));
      checkColumns(problems, table);
    } else {
      checkOperations(problems);
      problems.attempt(
          "data",
          () -> {
            TaskDescription task = DataDescriptions.of(candidates());
            problems.attempt(
                "trial.protocol.batch-size",
                () -> CandidateTrainer.requireBatchFits(task, trial.protocol(), trial.fidelity()));
          });
    }
  }

  /** Of a table that can be read without Spark. */
  private void checkColumns(Problems problems, EvaluatorSettings.Table table) {
    if (Files.isReadable(table.path()) && TableFile.isCsv(table.path())) {
      Map<String, String> columns = new LinkedHashMap<>();
      columns.put("search.evaluator.architecture", table.architecture());
      columns.put("search.evaluator.metric", table.metric());
      table.testMetric().ifPresent(column -> columns.put("search.evaluator.test-metric", column));
      table.cost().ifPresent(column -> columns.put("search.evaluator.cost", column));
      search.choice().column().ifPresent(column -> columns.put("search.choice.metric", column));
      ColumnSettings.requireAll(problems, "search.evaluator.path", table.path(), columns);
      ColumnSettings.requireFeatures(
          problems,
          "search.evaluator.features",
          table.path(),
          table.architecture(),
          table.featureColumns());
    }
  }

  private void checkOperations(Problems problems) {
    Set<String> known = CandidateNetwork.knownOperations();
    for (String operation : search.space().operations()) {
      problems.require(
          known.contains(operation),
          "search.space.operations",
          "no network can be built with %s; leave it out, or take one of: %s"
              .formatted(operation, String.join(", ", known)));
    }
  }
}
