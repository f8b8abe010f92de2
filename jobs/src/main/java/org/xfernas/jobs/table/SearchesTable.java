package org.xfernas.jobs.table;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.DoubleType;
import org.apache.iceberg.types.Types.IntegerType;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.StringType;
import org.apache.iceberg.types.Types.TimestampType;
import org.xfernas.search.run.SourceUse;

/**
 * Table {@code searches}: one row per search, replaced as a whole. Each search has a partition of
 * its own, so that drivers of different searches never get into each other's way.
 */
public final class SearchesTable {
  private static final Schema SCHEMA =
      new Schema(
          required(1, TableDefinition.SEARCH_ID, StringType.get()),
          required(2, "configuration", StringType.get()),
          optional(3, "source_snapshot", LongType.get()),
          required(4, "state", StringType.get()),
          optional(5, "lease_owner", StringType.get()),
          optional(6, "lease_expires", TimestampType.withZone()),
          required(7, "started", TimestampType.withZone()),
          required(8, "updated", TimestampType.withZone()),
          optional(9, "sources", StringType.get()),
          optional(10, "reused_trials", IntegerType.get()),
          optional(11, "reused_seconds", DoubleType.get()));

  static final TableDefinition DEFINITION =
      new TableDefinition(
          "searches",
          3,
          SCHEMA,
          PartitionSpec.builderFor(SCHEMA).identity(TableDefinition.SEARCH_ID).build());

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How long a version of the table is kept, for whoever is reading it. */
  private static final Duration KEPT = Duration.ofHours(1);

  private final StoredTable table;

  /** The table of a warehouse. */
  public SearchesTable(Warehouse warehouse) {
    table = warehouse.table(DEFINITION);
  }

  /** What became of a search, as stored in lower case. */
  public enum State {
    /** It has a driver, or had one that was killed. */
    RUNNING,
    /** A stop criterion held. */
    FINISHED,
    /** Somebody stopped it. */
    STOPPED,
    /** Its driver failed. */
    FAILED
  }

  /**
   * The right to drive a search.
   *
   * @param owner who has it
   * @param expires when it is void unless it was renewed
   */
  public record Lease(String owner, Instant expires) {}

  /**
   * Earlier trials of its own knowledge unit that a search takes as its own.
   *
   * @param trials how many
   * @param seconds that their evaluations had taken
   */
  public record Reused(int trials, double seconds) {
    /** None. */
    public static final Reused NOTHING = new Reused(0, 0);
  }

  /**
   * What a search learns from besides its own trials, decided when it was started.
   *
   * @param snapshot version of the table {@code trials} that it reads; empty where it reads none
   * @param sources the source tasks
   * @param reused what it took as its own; empty where it was started by a version of Xfernas that
   *     did not record it
   */
  public record Knowledge(OptionalLong snapshot, List<SourceUse> sources, Optional<Reused> reused) {
    /** Nothing. */
    public static final Knowledge NONE = new Knowledge(OptionalLong.empty(), List.of());

    public Knowledge {
      sources = List.copyOf(sources);
    }

    /** Of a search that took no trials as its own. */
    public Knowledge(OptionalLong snapshot, List<SourceUse> sources) {
      this(snapshot, sources, Optional.of(Reused.NOTHING));
    }

    /** Whether it is the same as far as is known of both. */
    public boolean agreesWith(Knowledge other) {
      return snapshot.equals(other.snapshot)
          && sources.size() == other.sources.size()
          && IntStream.range(0, sources.size())
              .allMatch(i -> sources.get(i).agreesWith(other.sources.get(i)));
    }
  }

  /**
   * A row.
   *
   * @param searchId name of the search
   * @param configuration everything that its results depend on, as JSON
   * @param knowledge what it learns from
   * @param state what became of it
   * @param lease who drives it
   * @param started when it was first started
   * @param updated the last sign of life
   */
  public record Row(
      String searchId,
      String configuration,
      Knowledge knowledge,
      State state,
      Optional<Lease> lease,
      Instant started,
      Instant updated) {

    Row with(String newConfiguration) {
      return new Row(searchId, newConfiguration, knowledge, state, lease, started, updated);
    }

    Row with(State newState, Optional<Lease> newLease, Instant now) {
      return new Row(searchId, configuration, knowledge, newState, newLease, started, now);
    }
  }

  /** The search of this name. */
  public Optional<Row> find(String searchId) {
    return table.rows(key(searchId)).stream().map(SearchesTable::row).findFirst();
  }

  /** Every search, the one with the latest sign of life first. */
  public List<Row> all() {
    return table.rows(Expressions.alwaysTrue()).stream()
        .map(SearchesTable::row)
        .sorted(Comparator.comparing(Row::updated).reversed())
        .toList();
  }

  /** Replaces the row unless somebody else changed it since it was read; says whether it did. */
  boolean replace(Optional<Row> expected, Row replacement) {
    return table.replace(
        TableDefinition.SEARCH_ID, expected.map(this::record).orElse(null), record(replacement));
  }

  /** Gives a search another name. */
  void rename(String from, String to) {
    find(from)
        .ifPresent(
            row -> {
              Row renamed =
                  new Row(
                      to,
                      row.configuration(),
                      row.knowledge(),
                      row.state(),
                      row.lease(),
                      row.started(),
                      row.updated());
              replace(Optional.empty(), renamed);
              table.deleteFiles(key(from));
            });
  }

  /** Drops old versions of the table, of which every renewal of a lease makes one. */
  void forgetOldVersions(Instant now) {
    table.forgetVersionsBefore(now.minus(KEPT));
  }

  private static Expression key(String searchId) {
    return Expressions.equal(TableDefinition.SEARCH_ID, searchId);
  }

  private Record record(Row row) {
    Record record = table.newRow();
    record.setField(TableDefinition.SEARCH_ID, row.searchId());
    record.setField("configuration", row.configuration());
    record.setField("source_snapshot", Values.orNull(row.knowledge().snapshot()));
    record.setField("sources", sourcesText(row.knowledge().sources()));
    record.setField("reused_trials", row.knowledge().reused().map(Reused::trials).orElse(null));
    record.setField("reused_seconds", row.knowledge().reused().map(Reused::seconds).orElse(null));
    record.setField("state", row.state().name().toLowerCase(Locale.ROOT));
    record.setField("lease_owner", row.lease().map(Lease::owner).orElse(null));
    record.setField(
        "lease_expires", row.lease().map(lease -> Values.time(lease.expires())).orElse(null));
    record.setField("started", Values.time(row.started()));
    record.setField("updated", Values.time(row.updated()));
    return record;
  }

  private static String sourcesText(List<SourceUse> sources) {
    try {
      return JSON.writeValueAsString(sources);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<SourceUse> sources(String text) {
    try {
      return JSON.readValue(text, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Cannot read the sources of a search", e);
    }
  }

  private static Row row(Record record) {
    return new Row(
        Values.text(record, TableDefinition.SEARCH_ID),
        Values.text(record, "configuration"),
        new Knowledge(
            Values.optionalLong(record, "source_snapshot"),
            Values.optionalText(record, "sources").map(SearchesTable::sources).orElse(List.of()),
            Optional.ofNullable((Integer) record.getField("reused_trials"))
                .map(trials -> new Reused(trials, Values.number(record, "reused_seconds")))),
        State.valueOf(Values.text(record, "state").toUpperCase(Locale.ROOT)),
        Values.optionalText(record, "lease_owner")
            .map(owner -> new Lease(owner, Values.instant(record, "lease_expires"))),
        Values.instant(record, "started"),
        Values.instant(record, "updated"));
  }
}
