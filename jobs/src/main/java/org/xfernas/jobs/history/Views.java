package org.xfernas.jobs.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Views over the tables that answer what users ask; one file of Spark SQL for each. */
public final class Views {
  private static final String COMMENT = "-- ";

  /** Their names; each may use those before it. */
  public static final List<String> NAMES =
      List.of(
          "scored_trials",
          "best_architectures",
          "incumbents",
          "edge_frequencies",
          "operation_frequencies",
          "rank_agreement",
          "search_costs",
          "failures",
          "duplicates",
          "transfer_contribution",
          "source_worth");

  private Views() {}

  /** Makes all of them known to a session whose current namespace has the tables. */
  public static void register(SparkSession spark) {
    for (String name : NAMES) {
      spark.sql("CREATE OR REPLACE TEMPORARY VIEW %s AS\n%s".formatted(name, text(name)));
    }
  }

  /** What a view tells, in one line. */
  static String description(String name) {
    return text(name).lines().findFirst().orElseThrow().substring(COMMENT.length());
  }

  private static String text(String name) {
    try (InputStream in = Views.class.getResourceAsStream("views/" + name + ".sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the view " + name, e);
    }
  }
}
