package org.xfernas.jobs.ablation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.xfernas.jobs.config.Settings;
import org.xfernas.search.evaluator.ArchitectureTable;
import org.xfernas.search.space.EdgeCellSpace;

/**
 * A table of 27 architectures with three tasks alike: {@code up} and {@code near} in per cent,
 * {@code down} a loss. One architecture has no value of {@code up}, and none of {@code near}'s test
 * metric.
 */
final class SweepFixture {
  static final EdgeCellSpace SPACE = new EdgeCellSpace(3, List.of("conv", "pool", "zero"));
  static final List<SweepTask> TASKS =
      List.of(
          new SweepTask("down", "loss", "loss", "loss_test", true),
          new SweepTask("near", "near_val", "near_full", "near_test", false),
          new SweepTask("up", "up_val", "up_full", "up_val", false));

  private static final List<String> COLUMNS =
      List.of("loss", "loss_test", "near_val", "near_full", "near_test", "up_val", "up_full");

  private final Map<String, double[]> columns = new LinkedHashMap<>();
  private final List<String> architectures = new ArrayList<>();

  SweepFixture() {
    int rows = 27;
    COLUMNS.forEach(column -> columns.put(column, new double[rows]));
    SplittableRandom noise = new SplittableRandom(7);
    for (int row = 0; row < rows; row++) {
      int[] tokens = {row % 3, row / 3 % 3, row / 9};
      architectures.add(SPACE.decode(tokens).text());
      double quality = 10 * tokens[0] + 5 * tokens[1] + 3 * tokens[2];
      columns.get("loss")[row] = 9 - quality / 10 + noise.nextDouble() / 10;
      columns.get("loss_test")[row] = columns.get("loss")[row] + 1;
      columns.get("near_val")[row] = 40 + quality + noise.nextDouble();
      columns.get("near_full")[row] = 50 + quality + noise.nextDouble();
      columns.get("near_test")[row] = row == 26 ? Double.NaN : 45 + quality;
      columns.get("up_val")[row] = row == 13 ? Double.NaN : 30 + quality + 3 * noise.nextDouble();
      columns.get("up_full")[row] = 60 + quality + noise.nextDouble();
    }
  }

  ArchitectureTable table() {
    return new ArchitectureTable("fixture", architectures, columns);
  }

  /** Writes the table; unknown values are empty cells. */
  void write(Path file) throws IOException {
    StringBuilder csv = new StringBuilder("arch," + String.join(",", COLUMNS) + "\n");
    for (int row = 0; row < architectures.size(); row++) {
      csv.append(architectures.get(row));
      for (String column : COLUMNS) {
        double value = columns.get(column)[row];
        csv.append(',').append(Double.isNaN(value) ? "" : value);
      }
      csv.append('\n');
    }
    Files.writeString(file, csv);
  }

  /** Writes {@code table.csv} to a directory and reads such settings of a sweep over it. */
  static AblationSettings settings(Path directory, String others) throws IOException {
    new SweepFixture().write(directory.resolve("table.csv"));
    return Settings.read(config(directory, others), AblationSections.class).ablation();
  }

  /** Settings of a sweep over {@code table.csv} below a directory, with others over them. */
  static Config config(Path directory, String... others) {
    String base =
        """
        xfernas.tables.warehouse = "%1$s/warehouse"
        xfernas.ablation {
          space { type = edge-cell, nodes = 3, operations = [conv, pool, zero] }
          table { path = "%1$s/table.csv", architecture = arch }
          tasks {
            up { metric = up_val, source-metric = up_full }
            near { metric = near_val, source-metric = near_full, test-metric = near_test }
            down { metric = loss, test-metric = loss_test, minimize = true }
          }
          grid { optimizer = [random, evolution, replay], transfer = [none, default], source-points = [12], seeds = 3 }
          budget.evaluations = 12
          output = "%1$s/sweep"
        }
        """
            .formatted(directory);
    Config config = ConfigFactory.parseString(base);
    for (String other : others) {
      config = ConfigFactory.parseString(other).withFallback(config);
    }
    return config.withFallback(ConfigFactory.defaultReference()).resolve();
  }
}
