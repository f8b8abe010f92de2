package org.xfernas.jobs.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.jdbc.JdbcCatalog;

/**
 * The catalog that holds all tables, in one namespace. Rows are written through Iceberg itself: a
 * commit then costs no Spark job, and whoever only reads or writes tables needs no Spark session.
 */
public final class Warehouse implements AutoCloseable {
  /**
   * Name of the catalog, in Spark too; not that of the namespace, or {@code xfernas.trials} fails.
   */
  public static final String CATALOG = "nas";

  /** Name of the namespace. */
  public static final String NAMESPACE = "xfernas";

  /** How long a process waits for another one that is writing to the embedded catalog. */
  private static final int BUSY_TIMEOUT_MS = 60_000;

  private static final List<TableDefinition> TABLES =
      List.of(
          TasksTable.DEFINITION,
          SearchesTable.DEFINITION,
          ProposalsTable.DEFINITION,
          TrialsTable.DEFINITION,
          CurvesTable.DEFINITION,
          TransferTable.DEFINITION,
          SweepsTable.DEFINITION,
          ImportsTable.DEFINITION);

  private final Catalog catalog;
  private final TablesSettings settings;

  private Warehouse(Catalog catalog, TablesSettings settings) {
    this.catalog = catalog;
    this.settings = settings;
  }

  /** Opens the catalog and makes the tables and columns that are not there yet. */
  public static Warehouse open(TablesSettings settings) {
    if (settings.catalog().isEmpty()) {
      createDirectories(settings.warehouse());
    }
    Catalog catalog =
        CatalogUtil.buildIcebergCatalog(CATALOG, properties(settings), new Configuration());
    Warehouse warehouse = new Warehouse(catalog, settings);
    warehouse.createNamespace();
    TABLES.forEach(warehouse::create);
    return warehouse;
  }

  /** Whether tables were ever made with these settings; true where only the catalog knows. */
  public static boolean exists(TablesSettings settings) {
    return !settings.catalog().isEmpty() || Files.exists(embeddedCatalog(settings));
  }

  /** The catalog's properties: the user's own, or those of the embedded catalog. */
  static Map<String, String> properties(TablesSettings settings) {
    Map<String, String> properties = new TreeMap<>();
    if (settings.catalog().isEmpty()) {
      properties.put(CatalogProperties.CATALOG_IMPL, JdbcCatalog.class.getName());
      properties.put(
          CatalogProperties.URI,
          "jdbc:sqlite:%s?busy_timeout=%d".formatted(embeddedCatalog(settings), BUSY_TIMEOUT_MS));
      properties.put(JdbcCatalog.PROPERTY_PREFIX + "schema-version", "V1");
    }
    properties.put(
        CatalogProperties.WAREHOUSE_LOCATION, settings.warehouse().toAbsolutePath().toString());
    properties.putAll(settings.catalog());
    return properties;
  }

  private static Path embeddedCatalog(TablesSettings settings) {
    return settings.warehouse().toAbsolutePath().resolve("catalog.db");
  }

  /** The table of a definition, which {@link #open} made. */
  StoredTable table(TableDefinition definition) {
    return new StoredTable(load(definition));
  }

  private Table load(TableDefinition definition) {
    Table table = catalog.loadTable(identifier(definition));
    int version = version(table);
    if (version > definition.version()) {
      throw new IllegalStateException(
          "Cannot use the table %s: a newer Xfernas wrote it (version=%d, known=%d); update this one"
              .formatted(definition.name(), version, definition.version()));
    }
    return table;
  }

  private void createNamespace() {
    Namespace namespace = Namespace.of(NAMESPACE);
    if (catalog instanceof SupportsNamespaces namespaces
        && !namespaces.namespaceExists(namespace)) {
      try {
        namespaces.createNamespace(namespace);
      } catch (AlreadyExistsException e) {
        // Another process was faster.
      }
    }
  }

  private void create(TableDefinition definition) {
    TableIdentifier identifier = identifier(definition);
    if (catalog.tableExists(identifier)) {
      addNewColumns(definition);
      return;
    }
    try {
      catalog
          .buildTable(identifier, definition.schema())
          .withPartitionSpec(definition.partitioning())
          .withProperties(definition.properties(settings))
          .create();
    } catch (AlreadyExistsException e) {
      // Another process was faster.
    }
  }

  private void addNewColumns(TableDefinition definition) {
    Table table = load(definition);
    if (version(table) < definition.version()) {
      table.updateSchema().unionByNameWith(definition.schema()).commit();
      table
          .updateProperties()
          .set(TableDefinition.VERSION_PROPERTY, Integer.toString(definition.version()))
          .commit();
    }
  }

  private static int version(Table table) {
    return Integer.parseInt(table.properties().get(TableDefinition.VERSION_PROPERTY));
  }

  private static TableIdentifier identifier(TableDefinition definition) {
    return TableIdentifier.of(NAMESPACE, definition.name());
  }

  private static void createDirectories(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make the warehouse " + directory, e);
    }
  }

  @Override
  public void close() {
    if (catalog instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException("Cannot close the catalog of the tables", e);
      }
    }
  }
}
