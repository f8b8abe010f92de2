package org.xfernas.jobs.exchange;

import com.typesafe.config.ConfigException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.iceberg.types.Type;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.search.SearchConfiguration;
import org.xfernas.jobs.table.TrialsTable;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.ArchitectureFormatException;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Failure;

/** Makes values of the texts in a file's row, and says what is wrong with each. */
final class TrialRow {
  private static final String NAME = "[A-Za-z0-9._-]+";
  private static final List<String> FAILURES =
      Arrays.stream(Failure.Kind.values())
          .map(kind -> kind.name().toLowerCase(Locale.ROOT))
          .toList();

  private static final Map<Type.TypeID, String> KINDS =
      Map.of(
          Type.TypeID.INTEGER, "integer",
          Type.TypeID.LONG, "integer",
          Type.TypeID.DOUBLE, "finite number",
          Type.TypeID.BOOLEAN, "true or false");

  private final List<String> columns;
  private final Map<String, SearchSpace> spaces = new HashMap<>();
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Map<String, String> wrong = new LinkedHashMap<>();

  /**
   * Of a file.
   *
   * @param columns in the order of a row's cells
   */
  TrialRow(List<String> columns) {
    this.columns = columns;
  }

  /** What is wrong with a row, by column; its cells are null or blank where nothing is known. */
  Map<String, String> read(List<String> cells) {
    values.clear();
    wrong.clear();
    for (int i = 0; i < columns.size(); i++) {
      String cell = cells.get(i);
      if (cell != null && !cell.isBlank()) {
        read(columns.get(i), cell);
      }
    }
    check(
        "task", String.class, task -> task.matches(NAME), "has others than letters, digits, . _ -");
    readArchitecture();
    readStatus();
    readFidelity();
    if (values.containsKey("metric")) {
      values.putIfAbsent("minimize", false);
    }
    for (String column : List.of("seconds_waiting", "seconds_training", "images_per_s")) {
      check(column, Double.class, value -> value >= 0, "is below 0");
    }
    return wrong;
  }

  /** The row that was read last, by column. */
  Map<String, Object> values() {
    return values;
  }

  private void read(String column, String cell) {
    Type.TypeID type = TrialsTable.exchanged().findField(column).type().typeId();
    try {
      switch (type) {
        case STRING -> values.put(column, cell);
        case INTEGER -> values.put(column, Integer.valueOf(cell));
        case LONG -> values.put(column, Long.valueOf(cell));
        case DOUBLE -> values.put(column, finite(cell));
        case BOOLEAN -> values.put(column, truth(cell));
        default -> throw new IllegalStateException("No file of trials has a " + type);
      }
    } catch (IllegalArgumentException e) {
      wrong.put(column, "\"%s\" is no %s".formatted(cell, KINDS.get(type)));
    }
  }

  private static double finite(String cell) {
    double value = Double.parseDouble(cell);
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(cell);
    }
    return value;
  }

  private static boolean truth(String cell) {
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(cell);
    };
  }

  private <T> void check(String column, Class<T> type, Predicate<T> holds, String otherwise) {
    Object value = values.get(column);
    if (value != null && !holds.test(type.cast(value))) {
      wrong.put(column, "\"%s\" %s".formatted(value, otherwise));
    }
  }

  private void readArchitecture() {
    for (String column : List.of("task", "space", "architecture")) {
      if (!values.containsKey(column)) {
        wrong.putIfAbsent(column, "a value is missing");
      }
    }
    if (!wrong.containsKey("space") && !wrong.containsKey("architecture")) {
      try {
        SearchSpace space =
            spaces.computeIfAbsent(
                (String) values.get("space"), text -> SearchConfiguration.space(text).space());
        Architecture architecture = space.parse((String) values.get("architecture"));
        values.put("architecture_id", space.id(architecture).value());
      } catch (UsageException | ConfigException e) {
        wrong.put(
            "space",
            "\"%s\" declares no search space, such as {\"type\":\"edge-cell\",\"nodes\":4,\"operations\":[\"conv\"]}: %s"
                .formatted(values.get("space"), e.getMessage()));
      } catch (ArchitectureFormatException e) {
        wrong.put("architecture", e.getMessage());
      }
    }
  }

  private void readStatus() {
    boolean known = values.containsKey("validation_accuracy");
    check("status", String.class, TrialsTable.STATUSES::contains, "is none of completed, failed");
    check(
        "failure_kind",
        String.class,
        FAILURES::contains,
        "is none of " + String.join(", ", FAILURES));
    values.putIfAbsent("status", known ? "completed" : "failed");
    if (values.get("status").equals("failed")) {
      values.putIfAbsent("failure_kind", "error");
      check(
          "validation_accuracy",
          Double.class,
          value -> false,
          "is there, and the trial has failed; leave the cell empty, or let its status be completed");
    } else if (!known) {
      wrong.putIfAbsent("validation_accuracy", "a value is missing, and the trial has not failed");
    } else {
      check("failure_kind", String.class, kind -> false, "is said of a trial that has not failed");
    }
  }

  private void readFidelity() {
    check("epochs", Integer.class, epochs -> epochs > 0, "is below 1");
    check("data_fraction", Double.class, share -> share > 0 && share <= 1, "is not in (0, 1]");
    if (values.containsKey("epochs")) {
      values.putIfAbsent("data_fraction", 1.0);
    } else if (values.containsKey("data_fraction")) {
      wrong.putIfAbsent("epochs", "a value is missing beside data_fraction");
    }
  }
}
