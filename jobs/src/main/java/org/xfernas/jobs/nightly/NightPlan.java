package org.xfernas.jobs.nightly;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.xfernas.jobs.report.NightPage;
import org.xfernas.jobs.search.DescribedSearch;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.SearchesTable.Row;
import org.xfernas.jobs.table.SearchesTable.State;
import org.xfernas.jobs.table.TablesJournal;
import org.xfernas.jobs.table.TrialsTable;
import org.xfernas.jobs.table.Warehouse;

/**
 * What a night has to do. The nights' searches on a task are called {@code ID-TASK-TIME}, so that
 * the tables alone say what earlier nights did, and what one that was killed left.
 *
 * @param due what is searched on, in this order: what is unfinished or was never searched on, then
 *     what waited longest
 * @param notDue why not, by task
 */
record NightPlan(List<Due> due, Map<String, String> notDue) {
  private static final int TIME_LENGTH = "20260301T220000.000".length();
  private static final String ANY_TIME = "-\\d{8}T\\d{6}\\.\\d{3}";
  private static final String ANY_TASK = ".+";

  /**
   * A task that is due.
   *
   * @param task its name in the list
   * @param search what is searched
   * @param why it is due
   * @param since the end of the search before; the beginning of time where there is none, or where
   *     it is unfinished
   * @param anew what is searched where an unfinished search turns out to be of other inputs; empty
   *     where the search is a new one anyway
   */
  record Due(
      String task,
      DescribedSearch search,
      String why,
      Instant since,
      Optional<DescribedSearch> anew) {

    /** The same task from the start; empty where the search is a new one anyway. */
    Optional<Due> anew(String whyAnew) {
      return anew.map(started -> new Due(task, started, whyAnew, since, Optional.empty()));
    }
  }

  /**
   * Reads what earlier nights did.
   *
   * @param tasks to look at, by name
   * @param describe the search on a task, by the task and the search's name
   * @param now the time
   */
  static NightPlan of(
      NightlySettings settings,
      Collection<String> tasks,
      BiFunction<String, String, DescribedSearch> describe,
      Warehouse warehouse,
      Instant now) {
    return new Reader(settings, describe, warehouse, now).plan(tasks);
  }

  /** Whether a search, or a choice at its end, was made by these nights, on any task. */
  static boolean isOfNights(NightlySettings settings, String searchId) {
    String name = name(settings, ANY_TASK);
    return searchId.matches(name + "|" + TablesJournal.choiceOf(name))
        || searchId.equals(settings.id());
  }

  /** A pattern for the names of their searches. */
  private static String name(NightlySettings settings, String task) {
    return Pattern.quote(settings.id() + "-") + task + ANY_TIME;
  }

  private static final class Reader {
    private final NightlySettings settings;
    private final BiFunction<String, String, DescribedSearch> describe;
    private final Instant now;
    private final List<Row> searches;
    private final TrialsTable trials;
    private final Map<Object, String> others;

    Reader(
        NightlySettings settings,
        BiFunction<String, String, DescribedSearch> describe,
        Warehouse warehouse,
        Instant now) {
      this.settings = settings;
      this.describe = describe;
      this.now = now;
      this.searches = new SearchesTable(warehouse).all();
      this.trials = new TrialsTable(warehouse);
      this.others = othersByUnit(trials.snapshot());
    }

    NightPlan plan(Collection<String> tasks) {
      List<Due> due = new ArrayList<>();
      Map<String, String> notDue = new TreeMap<>();
      for (String task : tasks) {
        Optional<Row> latest = latest(task);
        due(task, latest)
            .ifPresentOrElse(
                due::add,
                () -> notDue.put(task, "nothing is new since " + latest.orElseThrow().updated()));
      }
      due.sort(Comparator.comparing(Due::since));
      return new NightPlan(List.copyOf(due), notDue);
    }

    /**
     * Whose trials there are as of a version of their table, apart from those of the nights: these
     * come back to every task of the list anyway, and would make each other due for ever.
     */
    private Map<Object, String> othersByUnit(OptionalLong snapshot) {
      Map<Object, String> tasks = new LinkedHashMap<>();
      if (snapshot.isPresent()) {
        trials
            .unitsBySearch(snapshot.getAsLong())
            .forEach(
                (search, units) -> {
                  if (!isOfNights(settings, search)) {
                    units.forEach(unit -> tasks.putIfAbsent(unit.key(), unit.task()));
                  }
                });
      }
      return tasks;
    }

    private Optional<Row> latest(String task) {
      String name = name(settings, Pattern.quote(task));
      return searches.stream()
          .filter(row -> row.searchId().matches(name))
          .max(Comparator.comparing(Row::searchId));
    }

    private Optional<Due> due(String task, Optional<Row> latest) {
      DescribedSearch search =
          describe.apply(
              task, "%s-%s-%s".formatted(settings.id(), task, NightPage.TIME.format(now)));
      if (latest.isPresent() && latest.get().state() != State.FINISHED) {
        DescribedSearch unfinished = describe.apply(task, latest.get().searchId());
        if (unfinished.isSameAs(latest.get())) {
          return Optional.of(
              new Due(task, unfinished, "it is unfinished", Instant.MIN, Optional.of(search)));
        }
      }
      return latest
          .map(before -> reason(search, before))
          .orElse(Optional.of("it was never searched on"))
          .map(
              why ->
                  new Due(
                      task,
                      search,
                      why,
                      latest.map(Row::updated).orElse(Instant.MIN),
                      Optional.empty()));
    }

    private Optional<String> reason(DescribedSearch search, Row before) {
      if (!search.isSameAs(before)) {
        return Optional.of("it has other settings");
      }
      Map<Object, String> own = new LinkedHashMap<>();
      List<String> fingerprints = new ArrayList<>();
      for (String id : List.of(before.searchId(), TablesJournal.choiceOf(before.searchId()))) {
        trials
            .unitsOf(id)
            .forEach(
                unit -> {
                  own.put(unit.key(), unit.task());
                  unit.fingerprint().ifPresent(fingerprints::add);
                });
      }
      if (search.fingerprint().isPresent() && !fingerprints.contains(search.fingerprint().get())) {
        return Optional.of("its data are new");
      }
      Map<Object, String> sources = new LinkedHashMap<>(others);
      sources.keySet().removeAll(own.keySet());
      sources.keySet().removeAll(othersByUnit(before.knowledge().snapshot()).keySet());
      if (search.learnsFromTrials() && !sources.isEmpty()) {
        return Optional.of(
            "it has new sources: " + String.join(", ", new TreeSet<>(sources.values())));
      }
      Instant night = nightOf(before);
      return night.plus(settings.periodOfNights()).isAfter(now)
          ? Optional.empty()
          : Optional.of("its search is of the night of " + night);
    }

    /** When the night began that started a search, as the search's name has it. */
    private static Instant nightOf(Row search) {
      String name = search.searchId();
      return NightPage.TIME.parse(name.substring(name.length() - TIME_LENGTH), Instant::from);
    }
  }
}
