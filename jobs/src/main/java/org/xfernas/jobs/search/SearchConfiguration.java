package org.xfernas.jobs.search;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;
import org.xfernas.search.Seed;

/**
 * Everything in a configuration that the results of a search depend on; it is stored with the
 * search, and a search that goes on must have the same.
 *
 * @param config below {@code xfernas}, without the names that a user gives to the search
 */
public record SearchConfiguration(Config config) {
  private static final String BATCH = "search.batch";
  private static final String TRANSFER = "search.optimizer.transfer";
  private static final String SNAPSHOT = "search.snapshot";
  private static final List<String> OF_TRAINING =
      List.of(
          "data",
          "network",
          "trial.training",
          "trial.averaging-frequency",
          "trial.fidelity",
          "trial.protocol");

  /** The relevant part of a job's configuration. */
  static SearchConfiguration of(Config effective, SearchSettings settings) {
    Config all =
        Settings.withoutDefaults(
            effective.getConfig(Settings.ROOT), List.of(Settings.NETWORK, SNAPSHOT));
    Config relevant =
        all.withOnlyPath("search").withoutPath("search.id").withoutPath("search.restart");
    if (settings.evaluator() instanceof EvaluatorSettings.Train) {
      relevant = relevant.withFallback(Settings.only(all, OF_TRAINING));
    }
    return new SearchConfiguration(relevant);
  }

  /** What was stored with a search. */
  public static SearchConfiguration parse(String text) {
    return new SearchConfiguration(ConfigFactory.parseString(text));
  }

  /**
   * The space of a declaration, as {@link #spaceText} and the table {@code trials} have it.
   *
   * @param declaration in JSON, with its type
   * @throws ConfigException where it is none
   * @throws UsageException with every problem of its settings
   */
  public static SpaceSettings space(String declaration) {
    Config space =
        ConfigFactory.parseString(
            declaration, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
    // Without it, a space of the default type would be taken for meant.
    space.getString("type");
    return new SearchConfiguration(space.atPath("search.space")).settings().space();
  }

  /** As JSON, keys in order. */
  String text() {
    return config.root().render(ConfigRenderOptions.concise());
  }

  /** The space's declaration as JSON. */
  String spaceText() {
    return config.getObject("search.space").render(ConfigRenderOptions.concise());
  }

  /** How candidates are trained, as JSON; empty where they are looked up. */
  Optional<String> protocolText() {
    return config.hasPath("trial.protocol")
        ? Optional.of(
            config
                .withOnlyPath("network")
                .withFallback(config.getConfig("trial").withoutPath("fidelity"))
                .root()
                .render(ConfigRenderOptions.concise()))
        : Optional.empty();
  }

  /** The settings of the search that it belongs to. */
  public SearchSettings settings() {
    Config effective =
        config.atPath(Settings.ROOT).withFallback(ConfigFactory.defaultReference()).resolve();
    return Settings.read(effective, SearchOnly.class).search();
  }

  private record SearchOnly(SearchSettings search) {}

  /** The search's name: the user's, or its task, its optimizer and a hash of all of this. */
  String id(SearchSettings settings) {
    long hash = new Seed(0).child(text()).value();
    return settings
        .id()
        .orElseGet(
            () ->
                "%s-%s-%08x"
                    .formatted(
                        settings.task(),
                        settings.optimizer().type(),
                        (int) (hash >>> Integer.SIZE)));
  }

  /** Candidates per round, where they are decided. */
  OptionalInt batch() {
    return config.hasPath(BATCH) ? OptionalInt.of(config.getInt(BATCH)) : OptionalInt.empty();
  }

  /** The same with candidates per round decided. */
  SearchConfiguration withBatch(int batch) {
    return new SearchConfiguration(config.withValue(BATCH, ConfigValueFactory.fromAnyRef(batch)));
  }

  /**
   * Refuses to go on with a search that was started otherwise. Candidates per round may be left to
   * how it was started.
   *
   * @throws UsageException with every setting that differs
   */
  void requireSameAs(SearchConfiguration started, String searchId) {
    List<String> problems = differences(started);
    if (!problems.isEmpty()) {
      problems.add(
          0,
          "Cannot go on with the search %s: it was started with other settings; set them back, or give the search another %s.search.id:"
              .formatted(searchId, Settings.ROOT));
      throw new UsageException(problems);
    }
  }

  /** Whether a search that was started otherwise could go on with this. */
  boolean isSameAs(SearchConfiguration started) {
    return differences(started).isEmpty();
  }

  private List<String> differences(SearchConfiguration started) {
    Map<String, String> before = values(started);
    Map<String, String> now = values(batch().isPresent() ? this : withBatchOf(started));
    TreeSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(now.keySet());
    List<String> problems = new ArrayList<>();
    for (String key : keys) {
      String old = before.getOrDefault(key, "not set");
      String current = now.getOrDefault(key, "not set");
      if (!old.equals(current)) {
        problems.add("  %s.%s was %s and is %s".formatted(Settings.ROOT, key, old, current));
      }
    }
    return problems;
  }

  /** Whether the other is this one without transfer, by this seed or another. */
  boolean isWithSources(SearchConfiguration other) {
    return other.hasNoTransfer() && withoutTransfer().equals(other.withoutTransfer());
  }

  private boolean hasNoTransfer() {
    return config.hasPath(TRANSFER) && config.getString(TRANSFER).equals("none");
  }

  private Config withoutTransfer() {
    Config rest = config;
    for (String path : List.of(TRANSFER, "search.sources", SNAPSHOT, "search.seed")) {
      rest = rest.withoutPath(path);
    }
    return rest;
  }

  private SearchConfiguration withBatchOf(SearchConfiguration started) {
    return started.batch().isPresent() ? withBatch(started.batch().getAsInt()) : this;
  }

  private static Map<String, String> values(SearchConfiguration configuration) {
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : configuration.config.entrySet()) {
      values.put(entry.getKey(), entry.getValue().render(ConfigRenderOptions.concise()));
    }
    return values;
  }
}
