package org.xfernas.jobs.search;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.cluster.Gpus;
import org.xfernas.jobs.cluster.TrialEvaluators;
import org.xfernas.jobs.table.TableFile;
import org.xfernas.search.evaluator.ArchitectureTable;
import org.xfernas.search.evaluator.Evaluator;
import org.xfernas.search.evaluator.TableEvaluator;

/**
 * The evaluator of a search.
 *
 * @param evaluator it
 * @param table where candidates are looked up, if they are
 */
record Evaluation(Evaluator evaluator, Optional<ArchitectureTable> table) implements AutoCloseable {

  /** Opens what the settings name. */
  static Evaluation open(
      SearchSections sections, String searchId, JobContext context, SparkOnDemand spark)
      throws IOException, InterruptedException {
    if (sections.search().evaluator() instanceof EvaluatorSettings.Table table) {
      ArchitectureTable read = read(table.file(sections.search().furtherMetrics()), spark);
      int slots = sections.search().batch().orElse(1);
      return new Evaluation(new TableEvaluator(read, table.columns(), slots), Optional.of(read));
    }
    Gpus.requireWhereWanted(spark.conf());
    Evaluator evaluator =
        TrialEvaluators.of(
            JavaSparkContext.fromSparkContext(spark.get().sparkContext()),
            searchId,
            sections.candidates(),
            sections.trial(),
            sections.worker(),
            context.clock());
    return new Evaluation(evaluator, Optional.empty());
  }

  private static ArchitectureTable read(TableFile file, SparkOnDemand spark) throws IOException {
    return TableFile.isCsv(file.path()) ? file.readCsv() : file.readParquet(spark.get());
  }

  @Override
  public void close() {
    evaluator.close();
  }
}
