package org.xfernas.jobs.search;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.cluster.SparkDefaults;
import org.xfernas.jobs.cluster.TrialEvaluators;
import org.xfernas.jobs.table.SparkTables;
import org.xfernas.jobs.table.TableFile;
import org.xfernas.search.evaluator.ArchitectureTable;
import org.xfernas.search.evaluator.Evaluator;
import org.xfernas.search.evaluator.TableEvaluator;

/** The evaluator of a search, with the Spark session that it may need. */
final class Evaluation implements AutoCloseable {
  private final Evaluator evaluator;
  private final Optional<SparkSession> spark;

  private Evaluation(Evaluator evaluator, Optional<SparkSession> spark) {
    this.evaluator = evaluator;
    this.spark = spark;
  }

  /** Opens what the settings name. Spark is started only where something is left for it to do. */
  static Evaluation open(SearchSections sections, String searchId, JobContext context)
      throws IOException, InterruptedException {
    if (sections.search().evaluator() instanceof EvaluatorSettings.Table table) {
      return lookUp(sections, table, searchId, context);
    }
    SparkSession spark = start(sections, searchId, context);
    Evaluator evaluator =
        TrialEvaluators.of(
            JavaSparkContext.fromSparkContext(spark.sparkContext()),
            searchId,
            sections.candidates(),
            sections.trial(),
            sections.worker(),
            context.clock());
    return new Evaluation(evaluator, Optional.of(spark));
  }

  private static Evaluation lookUp(
      SearchSections sections, EvaluatorSettings.Table table, String searchId, JobContext context)
      throws IOException {
    int slots = sections.search().batch().orElse(1);
    TableFile file = table.file();
    if (TableFile.isCsv(table.path())) {
      ArchitectureTable read = file.readCsv();
      return new Evaluation(new TableEvaluator(read, table.columns(), slots), Optional.empty());
    }
    SparkSession spark = start(sections, searchId, context);
    try {
      ArchitectureTable read = file.readParquet(spark);
      return new Evaluation(new TableEvaluator(read, table.columns(), slots), Optional.of(spark));
    } catch (RuntimeException e) {
      spark.stop();
      throw e;
    }
  }

  private static SparkSession start(SearchSections sections, String searchId, JobContext context) {
    SparkConf conf = SparkTables.conf("search " + searchId, context.master(), sections.tables());
    SparkDefaults.addTo(conf);
    return SparkSession.builder().config(conf).getOrCreate();
  }

  Evaluator evaluator() {
    return evaluator;
  }

  @Override
  public void close() {
    evaluator.close();
    spark.ifPresent(SparkSession::stop);
  }
}
