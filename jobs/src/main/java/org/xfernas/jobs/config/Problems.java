package org.xfernas.jobs.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is wrong with one section of a configuration; adds to the list of the whole. */
public final class Problems {
  private final List<String> found;
  private final String path;
  private final ConfigObject section;

  Problems(List<String> found, String path, ConfigObject section) {
    this.found = found;
    this.path = path;
    this.section = section;
  }

  /**
   * Reports the setting unless the condition holds.
   *
   * @param condition what a job needs
   * @param key of the setting, below this section; dots lead further down
   * @param mend what is wrong with the value and what to change it to
   */
  public void require(boolean condition, String key, String mend) {
    if (!condition) {
      add(key, mend);
    }
  }

  /** Reports the setting unless the directory can be written to, or made. */
  public void requireWritable(String key, Path directory) {
    require(
        isWritable(directory),
        key,
        "cannot be written to; choose a directory that this user may write to");
  }

  /** Whether the directory, or the nearest one above it that exists, takes new files. */
  private static boolean isWritable(Path directory) {
    Path existing = directory.toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      Files.delete(Files.createTempFile(existing, "writable", null));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Reports the section where what it declares is refused. */
  public void attempt(Runnable declaration) {
    attempt("", declaration);
  }

  /** Reports the setting, or the group of settings, where what it declares is refused. */
  public void attempt(String key, Runnable declaration) {
    try {
      declaration.run();
    } catch (IllegalArgumentException e) {
      add(key, e.getMessage());
    }
  }

  /** Reports the setting. */
  public void add(String key, String mend) {
    if (key.isEmpty()) {
      found.add(describe(path, section, mend));
      return;
    }
    ConfigValue value = section;
    for (String part : ConfigUtil.splitPath(key)) {
      value = value instanceof ConfigObject object ? object.get(part) : null;
    }
    found.add(describe(path + "." + key, value, mend));
  }

  static String describe(String path, ConfigValue value, String mend) {
    if (value == null || value instanceof ConfigObject) {
      return "%s: %s".formatted(path, mend);
    }
    String text = value.render(ConfigRenderOptions.concise());
    return "%s = %s (%s): %s".formatted(path, text, origin(value), mend);
  }

  /** File and line, or the option, which is its own place. */
  private static String origin(ConfigValue value) {
    String description = value.origin().description();
    return description.startsWith("--set ") ? "--set" : description;
  }
}
