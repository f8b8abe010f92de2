package org.xfernas.jobs.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.xfernas.jobs.config.Problems;
import org.xfernas.search.NearestName;
import org.xfernas.search.evaluator.CsvTable;
import org.xfernas.search.evaluator.TableFeatures;

/** Checks settings that name columns of a CSV file. */
public final class ColumnSettings {
  private ColumnSettings() {}

  /**
   * Reports the setting unless there is a column of this name.
   *
   * @param columns the names of all
   * @return whether there is
   */
  public static boolean require(
      Problems problems, String key, String column, Collection<String> columns) {
    boolean known = columns.contains(column);
    problems.require(
        known,
        key,
        "the table has no column %s%s; its columns are %s"
            .formatted(
                column,
                NearestName.of(column, columns).map(" (did you mean %s?)"::formatted).orElse(""),
                String.join(", ", columns)));
    return known;
  }

  /**
   * Reports each setting whose column is not there.
   *
   * @param pathKey of the setting that names the file
   * @param path of the file
   * @param columns that the settings name, by setting
   */
  public static void requireAll(
      Problems problems, String pathKey, Path path, Map<String, String> columns) {
    try {
      List<String> known = CsvTable.columns(path);
      columns.forEach((setting, column) -> require(problems, setting, column, known));
    } catch (IllegalArgumentException | IOException e) {
      problems.add(pathKey, e.getMessage());
    }
  }

  /**
   * Reports the setting unless each of these columns has a number for every architecture.
   *
   * @param path of the file
   * @param architecture column with the architecture's text
   * @param features names of the columns; perhaps none
   * @return whether each has
   */
  public static boolean requireFeatures(
      Problems problems, String key, Path path, String architecture, List<String> features) {
    if (features.isEmpty()) {
      return true;
    }
    try {
      List<String> columns = CsvTable.columns(path);
      for (String feature : features) {
        if (!require(problems, key, feature, columns)) {
          return false;
        }
      }
      new TableFeatures(CsvTable.read(path, architecture, features), features);
      return true;
    } catch (IllegalArgumentException | IOException e) {
      problems.add(key, e.getMessage());
      return false;
    }
  }
}
