package org.xfernas.jobs.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hipparchus.stat.StatUtils;

/**
 * The report of a sweep as an HTML file that needs nothing else: a curve per arm with mean and
 * spread over the seeds, heat maps where two numbers vary, and the tables of the sweep.
 *
 * @param sweepId name of the sweep
 * @param kind {@code search}, {@code prediction} or {@code backtest}
 * @param along what the curves go along, such as evaluations
 * @param tasks the targets; where there are several, their mean last
 * @param measures that the curves have values of, the most important first
 * @param curves of all arms
 * @param facts what a reader wants to know first
 * @param claims what was tested, in sentences
 * @param tables of the results and the comparisons
 * @param provenance what it takes to run it again
 */
public record SweepPage(
    String sweepId,
    String kind,
    String along,
    List<String> tasks,
    List<String> measures,
    List<Curve> curves,
    @JsonIgnore List<Fact> facts,
    @JsonIgnore List<String> claims,
    @JsonIgnore List<Table> tables,
    @JsonIgnore Provenance provenance) {
  public SweepPage {
    tasks = List.copyOf(tasks);
    measures = List.copyOf(measures);
    curves = List.copyOf(curves);
    facts = List.copyOf(facts);
    claims = List.copyOf(claims);
    tables = List.copyOf(tables);
  }

  /** A fact with its name, such as how many seeds there are. */
  public record Fact(String name, String value) {}

  /**
   * An arm on a task.
   *
   * @param arm its name
   * @param transfers whether it learns from sources
   * @param sourcePoints results of each source
   * @param guardCase what was done to the sources
   * @param task the target, or the mean of all
   * @param points in ascending order
   */
  public record Curve(
      String arm,
      boolean transfers,
      int sourcePoints,
      String guardCase,
      String task,
      List<Point> points) {}

  /**
   * A point of a curve.
   *
   * @param at where along the curve
   * @param measures by name
   */
  public record Point(int at, Map<String, Spread> measures) {}

  /**
   * A measure over the seeds; null where there is none.
   *
   * @param seeds that have a value
   * @param mean over them
   * @param standardDeviation between them
   */
  public record Spread(int seeds, Double mean, Double standardDeviation) {

    /** Of one value per seed, NaN where there is none. */
    public static Spread of(double[] values) {
      double[] known = Arrays.stream(values).filter(Double::isFinite).toArray();
      return new Spread(
          known.length,
          known.length == 0 ? null : StatUtils.mean(known),
          known.length < 2 ? null : Math.sqrt(StatUtils.variance(known)));
    }
  }

  /**
   * Of the results.
   *
   * @param read what was swept over, such as a file with its hash
   * @param configuration of the sweep, below {@code xfernas}, as JSON
   */
  public record Provenance(String read, String configuration) {}

  /**
   * A table.
   *
   * @param caption what it shows
   * @param note how its cells are read; nothing where they speak for themselves
   * @param headings of the columns
   */
  public record Table(String caption, String note, List<String> headings, List<Row> rows) {
    public Table(String caption, List<String> headings, List<Row> rows) {
      this(caption, "", headings, rows);
    }

    /** A cell as a person reads it; correlations and probabilities with three decimals. */
    String text(Object cell) {
      if (cell instanceof Double number) {
        return Math.abs(number) <= 1
            ? String.format(Locale.ROOT, "%.3f", number)
            : Words.number(number);
      }
      return cell instanceof Bound bound ? bound.text() : String.valueOf(cell);
    }

    /** What the cell is sorted by where that is not its text; null otherwise. */
    String number(Object cell) {
      return cell instanceof Bound bound ? String.valueOf(bound.number()) : null;
    }
  }

  /**
   * A cell with a number that may be only a lower bound.
   *
   * @param number by which the cell is sorted
   * @param censored whether the true number is above it
   */
  public record Bound(double number, boolean censored) {
    /** As a person reads it, such as {@code >220.0}. */
    public String text() {
      return String.format(Locale.ROOT, "%s%.1f", censored ? ">" : "", number);
    }
  }

  /**
   * A row of a table.
   *
   * @param arms of which it says something
   * @param task the target, or the mean of all
   * @param cells numbers and texts
   */
  public record Row(List<String> arms, String task, List<Object> cells) {
    public Row {
      arms = List.copyOf(arms);
      cells = List.copyOf(cells);
    }
  }

  /** Name of an arm. */
  public static String arm(String learner, String transfer) {
    return "%s, transfer %s".formatted(learner, transfer);
  }

  /** The arms that learn from sources. */
  List<String> learners() {
    return curves.stream().filter(Curve::transfers).map(Curve::arm).distinct().toList();
  }

  /** Whether heat maps show the points of sources and target. */
  boolean hasMaps() {
    return kind.equals("prediction");
  }

  /** Writes the page to a file, whose directory is made where it is missing. */
  public void write(Path file) throws IOException {
    HtmlPage.of("Report of the sweep " + sweepId, "sweep.js", this).write(file, "sweep.jte", this);
  }
}
