package org.xfernas.jobs.table;

import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions;

/** Makes the tables those that a Spark session finds without further names. */
public final class SparkTables {
  private SparkTables() {}

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
