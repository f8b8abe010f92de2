package org.xfernas.jobs.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.UsageException;

/** Makes the tables those that a Spark session finds without further names. */
public final class SparkTables {
  private SparkTables() {}

  /**
   * Starts Spark.
   *
   * @param application shown in Spark's pages
   * @param master Spark's, as the user gave it; empty: as spark-submit was told, else this machine
   */
  public static SparkSession session(
      String application, Optional<String> master, TablesSettings settings) {
    return SparkSession.builder().config(conf(application, master, settings)).getOrCreate();
  }

  /** With what {@link #session} starts Spark. */
  public static SparkConf conf(
      String application, Optional<String> master, TablesSettings settings) {
    SparkConf conf = new SparkConf().setAppName(application);
    master.ifPresent(conf::setMaster);
    conf.setIfMissing("spark.master", "local[*]");
    properties(settings).forEach(conf::set);
    makeDirectoryOfEvents(conf);
    return conf;
  }

  /** Spark does not make the directory of its event log itself. */
  private static void makeDirectoryOfEvents(SparkConf conf) {
    String directory = conf.get("spark.eventLog.dir", "");
    if (conf.getBoolean("spark.eventLog.enabled", false) && !directory.contains(":/")) {
      try {
        Files.createDirectories(Path.of(directory));
      } catch (IOException e) {
        throw new UsageException(
            "Cannot write Spark's event log: %s; correct spark.eventLog.dir, or set spark.eventLog.enabled to false (spark.eventLog.dir=%s)"
                .formatted(e, directory));
      }
    }
  }

  /** What a Spark session must be told before it starts, to have the catalog as its current one. */
  public static Map<String, String> properties(TablesSettings settings) {
    String catalog = "spark.sql.catalog." + Warehouse.CATALOG;
    Map<String, String> properties = new TreeMap<>();
    properties.put("spark.sql.extensions", IcebergSparkSessionExtensions.class.getName());
    properties.put("spark.sql.defaultCatalog", Warehouse.CATALOG);
    properties.put(catalog, SparkCatalog.class.getName());
    properties.put(catalog + ".default-namespace", Warehouse.NAMESPACE);
    properties.put(catalog + ".cache-enabled", "false");
    Warehouse.properties(settings)
        .forEach((key, value) -> properties.put(catalog + "." + key, value));
    return properties;
  }
}
