package org.xfernas.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts the configuration of a job together; what its keys mean is checked by the job. */
public final class Configuration {
  private static final String SPARK = "spark";

  private Configuration() {}

  /**
   * The settings of {@code --set} over the files, later ones over earlier ones, over
   * reference.conf.
   *
   * @param files in HOCON, as given by {@code --conf}
   * @param settings {@code path=value}, the value in HOCON, as given by {@code --set}
   * @throws UsageException with every file and setting that cannot be read
   */
  public static Config load(List<Path> files, List<String> settings) {
    List<String> problems = new ArrayList<>();
    Config config = ConfigFactory.empty();
    for (Path file : files) {
      config = readFile(file, problems).withFallback(config);
    }
    for (String setting : settings) {
      config = readSetting(setting, problems).withFallback(config);
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    try {
      return config
          .withFallback(
              ConfigFactory.defaultReferenceUnresolved(Configuration.class.getClassLoader()))
          .resolve();
    } catch (ConfigException e) {
      throw new UsageException("Cannot resolve the configuration: " + e.getMessage());
    }
  }

  /**
   * Puts Spark's own settings, {@code spark { ... }}, where each Spark session looks for them. The
   * defaults among them do not go over what spark-submit was told.
   */
  public static void tellSpark(Config config) {
    for (Map.Entry<String, ConfigValue> setting : config.getConfig(SPARK).entrySet()) {
      String key = SPARK + "." + String.join(".", ConfigUtil.splitPath(setting.getKey()));
      boolean isDefault = setting.getValue().origin().resource() != null;
      if (!isDefault || System.getProperty(key) == null) {
        System.setProperty(key, setting.getValue().unwrapped().toString());
      }
    }
  }

  private static Config readFile(Path file, List<String> problems) {
    if (!Files.isRegularFile(file)) {
      problems.add(
          "Cannot read the configuration: there is no such file (--conf %s, seen from %s)"
              .formatted(file, Path.of("").toAbsolutePath()));
      return ConfigFactory.empty();
    }
    try {
      return ConfigFactory.parseFile(
          file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
    } catch (ConfigException e) {
      problems.add("Cannot read the configuration: " + e.getMessage());
      return ConfigFactory.empty();
    }
  }

  private static Config readSetting(String setting, List<String> problems) {
    if (setting.indexOf('=') < 1) {
      problems.add(
          "Cannot use --set %s: it must read path=value, such as xfernas.search.seed=2"
              .formatted(setting));
      return ConfigFactory.empty();
    }
    try {
      return ConfigFactory.parseString(
          setting, ConfigParseOptions.defaults().setOriginDescription("--set " + setting));
    } catch (ConfigException e) {
      problems.add(
          "Cannot use --set %s: the value is not HOCON; put a text with special characters in double quotes (%s)"
              .formatted(setting, e.getMessage()));
      return ConfigFactory.empty();
    }
  }
}
