package org.xfernas.jobs.table;

import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;

/**
 * What one table looks like.
 *
 * @param name within the namespace
 * @param version of the schema, raised with every change; changes only ever add optional columns
 * @param schema columns, the one that rows are looked up by first
 * @param partitioning of the data files
 */
record TableDefinition(String name, int version, Schema schema, PartitionSpec partitioning) {
  static final String SEARCH_ID = "search_id";
  static final String NUMBER = "number";
  static final String VERSION_PROPERTY = "xfernas.version";

  /** A table whose rows are not grouped. */
  static TableDefinition of(String name, int version, Schema schema) {
    return new TableDefinition(name, version, schema, PartitionSpec.unpartitioned());
  }

  /**
   * Properties of a new table: the version, and full bounds of the first column, so that scans skip
   * files.
   */
  Map<String, String> properties(TablesSettings settings) {
    return Map.of(
        VERSION_PROPERTY,
        Integer.toString(version),
        TableProperties.FORMAT_VERSION,
        "2",
        TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX + schema.columns().get(0).name(),
        "full",
        TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED,
        "true",
        TableProperties.METADATA_PREVIOUS_VERSIONS_MAX,
        "20",
        TableProperties.COMMIT_NUM_RETRIES,
        Integer.toString(settings.commitRetries()),
        TableProperties.COMMIT_MIN_RETRY_WAIT_MS,
        Long.toString(settings.commitWaitMin().toMillis()),
        TableProperties.COMMIT_MAX_RETRY_WAIT_MS,
        Long.toString(settings.commitWaitMax().toMillis()));
  }
}
