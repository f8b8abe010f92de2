package org.xfernas.jobs.nightly;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.xfernas.jobs.config.Checked;
import org.xfernas.jobs.config.MemorySize;
import org.xfernas.jobs.config.Problems;
import org.xfernas.jobs.config.Settings;

/**
 * The section {@code xfernas.nightly}; reference.conf says what each setting means.
 *
 * @param id name of the nights, of which one runs at a time
 * @param tasks by name, what is particular to the search on each
 * @param period after which a search is old, from the beginning of its night
 * @param gpuTime of all searches of a night; empty: each search's own budget alone counts
 * @param freeSpace that the warehouse's disk must have
 * @param maintenance whether the tables are tidied up at the end
 * @param keep how long versions of the tables are kept that no search recorded as its source
 */
record NightlySettings(
    String id,
    Map<String, Config> tasks,
    Duration period,
    Optional<Duration> gpuTime,
    MemorySize freeSpace,
    boolean maintenance,
    Duration keep)
    implements Checked {
  private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9._-]*";
  private static final Set<String> OF_A_TASK =
      Set.of("search", "data", "network", "trial", "worker");

  /** So much of a period, and at most two hours: clocks are put forward by one. */
  private static final int FORGIVEN = 12;

  private static final Duration MOST_FORGIVEN = Duration.ofHours(2);

  private static final Duration SHORTEST_KEEP = Duration.ofHours(1);

  /**
   * After how long a night searches again: a little earlier, as no two nights begin at quite the
   * same time of day.
   */
  Duration periodOfNights() {
    Duration part = period.dividedBy(FORGIVEN);
    return period.minus(part.compareTo(MOST_FORGIVEN) < 0 ? part : MOST_FORGIVEN);
  }

  @Override
  public void check(Problems problems) {
    String letters =
        "must consist of letters, digits, dots, hyphens and underscores, and begin with a letter, a digit or an underscore";
    problems.require(id.matches(NAME), "id", letters);
    problems.require(!tasks.isEmpty(), "tasks", "name at least one task");
    tasks.forEach((name, own) -> checkTask(problems, letters, name, own));
    problems.require(
        !period.isNegative() && !period.isZero(), "period", "must be longer than nothing");
    problems.require(
        gpuTime.isEmpty() || (!gpuTime.get().isNegative() && !gpuTime.get().isZero()),
        "gpu-time",
        "a night without time finds nothing; set it to more than 0, or to null");
    problems.require(
        keep.compareTo(SHORTEST_KEEP) >= 0,
        "keep",
        "would drop versions that somebody is reading; set it to 1h or more");
  }

  private static void checkTask(Problems problems, String letters, String name, Config own) {
    String key = "tasks." + ConfigUtil.joinPath(name);
    problems.require(name.matches(NAME), key, "the name " + letters);
    Set<String> others = new TreeSet<>(own.root().keySet());
    others.removeAll(OF_A_TASK);
    problems.require(
        others.isEmpty(),
        key,
        "%s is not for one task alone; a task may have %s"
            .formatted(String.join(", ", others), String.join(", ", new TreeSet<>(OF_A_TASK))));
    for (String given : Set.of("search.id", "search.restart")) {
      problems.require(!own.hasPath(given), key, given + " is given by the night; leave it out");
    }
  }

  /**
   * What nights and their searches have of the configuration of a job, below {@code xfernas}, as
   * JSON; not where the tables are, as a catalog may hold secrets.
   */
  String text(Config all) {
    Config below = all.getConfig(Settings.ROOT);
    Config relevant = below.withOnlyPath("nightly").withFallback(Settings.only(below, OF_A_TASK));
    return relevant.root().render(ConfigRenderOptions.concise());
  }

  /**
   * The configuration of the search on a task: what the task has of its own over everything else.
   *
   * @param all the configuration of the job
   * @param searchId name of the search
   */
  Config search(Config all, String task, String searchId) {
    return ConfigFactory.empty()
        .withValue("search.id", ConfigValueFactory.fromAnyRef(searchId))
        .withFallback(tasks.get(task))
        .withFallback(
            ConfigFactory.empty().withValue("search.task", ConfigValueFactory.fromAnyRef(task)))
        .atPath(Settings.ROOT)
        .withFallback(all);
  }
}
