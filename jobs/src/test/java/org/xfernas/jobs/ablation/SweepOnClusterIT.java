package org.xfernas.jobs.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.cluster.LoopbackCluster;
import scala.Tuple2;

/** A sweep on two executors of a standalone cluster. */
@Tag("acceptance")
class SweepOnClusterIT {
  @TempDir Path directory;

  @Test
  void executorsFindWhatOneProcessFinds() throws Exception {
    new SweepFixture().write(directory.resolve("table.csv"));
    Outcome local = Outcome.of(config("local"), "local[2]");

    Path home = Files.createDirectory(directory.resolve("spark-home"));
    try (LoopbackCluster cluster = new LoopbackCluster(home, 2)) {
      SparkConf conf = cluster.conf();
      try {
        for (Tuple2<String, String> setting : conf.getAll()) {
          System.setProperty(setting._1(), setting._2());
        }
        assertThat(Outcome.of(config("cluster"), conf.get("spark.master")).untimed())
            .isEqualTo(local.untimed());
      } finally {
        for (Tuple2<String, String> setting : conf.getAll()) {
          System.clearProperty(setting._1());
        }
      }
    }
  }

  private Config config(String name) {
    return SweepFixture.config(
        directory,
        "xfernas { tables.warehouse = \"%1$s/%2$s\", ablation.output = \"%1$s/%2$s-sweep\", ablation.grid.seeds = 2 }"
            .formatted(directory, name));
  }
}
