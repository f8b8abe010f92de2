package org.xfernas.jobs.search;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.cluster.SparkDefaults;
import org.xfernas.jobs.table.SparkTables;
import org.xfernas.jobs.table.TablesSettings;

/** The Spark session of a search, started where something is left for it to do. */
final class SparkOnDemand implements Supplier<SparkSession>, AutoCloseable {
  private final String searchId;
  private final Optional<String> master;
  private final TablesSettings tables;
  private Optional<SparkSession> started = Optional.empty();

  SparkOnDemand(String searchId, Optional<String> master, TablesSettings tables) {
    this.searchId = searchId;
    this.master = master;
    this.tables = tables;
  }

  @Override
  public SparkSession get() {
    if (started.isEmpty()) {
      started = Optional.of(SparkSession.builder().config(conf()).getOrCreate());
    }
    return started.get();
  }

  /** With what it is started. */
  SparkConf conf() {
    SparkConf conf = SparkTables.conf("search " + searchId, master, tables);
    SparkDefaults.addTo(conf);
    return conf;
  }

  @Override
  public void close() {
    started.ifPresent(SparkSession::stop);
  }
}
