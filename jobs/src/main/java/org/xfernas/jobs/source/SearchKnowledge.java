package org.xfernas.jobs.source;

import java.util.List;
import org.xfernas.jobs.table.SearchesTable.Knowledge;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;

/**
 * What a search knows before its first trial.
 *
 * @param sources results of other tasks
 * @param earlier results of the search's own knowledge unit; their numbers are 0 and below
 * @param recorded what is stored of it with the search
 * @param notes lines for a person
 */
public record SearchKnowledge(
    SourceKnowledge sources, TrialHistory earlier, Knowledge recorded, List<String> notes) {
  public SearchKnowledge {
    notes = List.copyOf(notes);
  }
}
