package org.xfernas.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfernas.jobs.UsageException;

/** Reads the sections that a job needs. */
public final class Settings {

  /** Everything that Xfernas is told stands below this key. */
  public static final String ROOT = "xfernas";

  private Settings() {}

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
