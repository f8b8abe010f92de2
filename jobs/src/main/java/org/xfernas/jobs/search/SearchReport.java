package org.xfernas.jobs.search;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xfernas.jobs.WholeFile;
import org.xfernas.jobs.report.SearchPage;
import org.xfernas.jobs.report.SummaryFile;
import org.xfernas.jobs.table.TablesSettings;
import org.xfernas.search.run.SearchProgress;
import org.xfernas.search.run.SearchSummary;

/**
 * What a search leaves behind, apart from its rows.
 *
 * @param directory of its files
 * @param search what the tables have of it
 */
record SearchReport(Path directory, StoredSearch search) {

  /** The summary with the path of the page. */
  private record SummaryWithReport(@JsonUnwrapped SearchSummary summary, String report) {}

  /**
   * Writes summary.json, the picture of the best cell and the page.
   *
   * @return path of the summary
   */
  Path write() throws IOException {
    Files.createDirectories(directory);
    Optional<String> drawing = search.picture();
    if (drawing.isPresent()) {
      WholeFile.write(picture(), drawing.get());
    }
    new SearchPage(List.of(search.shown())).write(page());
    return SummaryFile.write(directory, new SummaryWithReport(summary(), page().toString()));
  }

  private Path page() {
    return directory.resolve("report.html");
  }

  private SearchSummary summary() {
    return search.summary();
  }

  private SearchProgress progress() {
    return search.progress();
  }

  private Path picture() {
    return directory.resolve("best.svg");
  }

  /**
   * Tells a person what was found and where it is kept.
   *
   * @param comparison lines about earlier searches on the task
   */
  void print(PrintStream out, List<String> comparison, TablesSettings tables) {
    out.println(
        "search %s: %d candidates, %d failed"
            .formatted(summary().searchId(), summary().evaluations(), summary().failed()));
    summary().best().ifPresent(best -> printBest(out, best));
    printSources(out);
    comparison.forEach(out::println);
    out.println("report: " + page());
    printTables(out, tables);
  }

  private void printBest(PrintStream out, SearchSummary.Best best) {
    out.println("best cell: " + best.architecture());
    out.println("  picture: " + picture());
    out.println(
        "  %s %s"
            .formatted(
                search.chosen() ? "at full fidelity" : metric(),
                number(best.validationAccuracy())));
    best.testAccuracy()
        .ifPresent(test -> out.println("  test accuracy %s".formatted(number(test))));
    List<Double> random = randomDraws();
    if (!search.chosen() && !random.isEmpty()) {
      double mean = random.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
      out.println(
          "  against random architectures: %s on average over the search's %d random draws"
              .formatted(number(mean), random.size()));
    }
  }

  private void printSources(PrintStream out) {
    List<SearchSummary.SourceTask> used =
        summary().sourceTasks().stream().filter(source -> source.similarity().isPresent()).toList();
    if (!used.isEmpty()) {
      out.println("sources (similarity is the agreement of ranks, from -1 to 1):");
    }
    for (SearchSummary.SourceTask source : used) {
      out.println(
          String.format(
              Locale.ROOT,
              "  %s: %d evaluations, similarity %.2f +- %.2f, weight %.2f",
              source.task(),
              source.evaluations(),
              source.similarity().getAsDouble(),
              source.similarityStandardDeviation().getAsDouble(),
              source.weight().getAsDouble()));
    }
  }

  private String metric() {
    return progress().objective().metric().replace('_', ' ');
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** Guiding metric of the candidates that the optimizer drew without knowing anything. */
  private List<Double> randomDraws() {
    return progress().trials().stream()
        .filter(trial -> isRandom(trial.proposal().explanation().reason()))
        .flatMap(trial -> trial.result().scores().validation().stream().boxed())
        .toList();
  }

  private static boolean isRandom(String reason) {
    return reason.startsWith("random") || reason.startsWith("start of climb");
  }

  private void printTables(PrintStream out, TablesSettings tables) {
    out.println("tables: %s".formatted(tables.warehouse().toAbsolutePath()));
    out.println(
        "  query: submit-scripts/submit.sh history %s --sql \"%s\""
            .formatted(tablesOption(tables), query()));
  }

  /** What leads another job to the same tables; a catalog may hold secrets and is not repeated. */
  private static String tablesOption(TablesSettings tables) {
    return tables.catalog().isEmpty()
        ? "--set xfernas.tables.warehouse='\"%s\"'".formatted(tables.warehouse().toAbsolutePath())
        : "--conf FILE";
  }

  private String query() {
    return "SELECT number, architecture, validation_accuracy, test_accuracy FROM trials WHERE search_id = '%s' ORDER BY validation_accuracy%s LIMIT 5"
        .formatted(summary().searchId(), progress().objective().minimize() ? "" : " DESC");
  }
}
