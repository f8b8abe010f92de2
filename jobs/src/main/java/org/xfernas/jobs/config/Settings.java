package org.xfernas.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.xfernas.jobs.UsageException;

/** Reads the sections that a job needs. */
public final class Settings {

  /** Everything that Xfernas is told stands below this key. */
  public static final String ROOT = "xfernas";

  /** What NAO's network minimises; of no part in the names of searches where it is the default. */
  public static final String NETWORK = "search.optimizer.network";

  private Settings() {}

  /**
   * A configuration without some of its settings where reference.conf has them alike: what was
   * named or stored before there were such settings is the same as with their defaults.
   *
   * @param below everything below {@link #ROOT}
   * @param paths of settings or sections
   */
  public static Config withoutDefaults(Config below, List<String> paths) {
    Config reference =
        ConfigFactory.defaultReference(Settings.class.getClassLoader()).getConfig(ROOT);
    Config rest = below;
    for (String path : paths) {
      if (value(below, path).equals(value(reference, path))) {
        rest = rest.withoutPath(path);
      }
    }
    return rest;
  }

  /** Some of the settings or sections of a configuration, and nothing else. */
  public static Config only(Config config, Collection<String> paths) {
    return paths.stream()
        .map(config::withOnlyPath)
        .reduce(ConfigFactory.empty(), Config::withFallback);
  }

  private static Optional<ConfigValue> value(Config config, String path) {
    return config.hasPath(path) ? Optional.of(config.getValue(path)) : Optional.empty();
  }

  /**
   * Reads a job's settings, one record component per section or key below {@link #ROOT}.
   *
   * @param config resolved, reference.conf included
   * @param type the sections; others that reference.conf knows may stand in the configuration too
   * @throws UsageException with every problem: unknown keys with the nearest known one, missing
   *     values, wrong types, and what {@link Checked} settings refuse
   */
  public static <T extends Record> T read(Config config, Class<T> type) {
    List<String> problems = new ArrayList<>();
    Config reference = ConfigFactory.defaultReference(Settings.class.getClassLoader());
    Optional<T> settings = new RecordBinder(reference, problems).bindRoot(config, type);
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    return settings.orElseThrow();
  }
}
