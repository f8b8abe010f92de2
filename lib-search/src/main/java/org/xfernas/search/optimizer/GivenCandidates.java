package org.xfernas.search.optimizer;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Proposal.Explanation;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * Proposes given candidates, each once.
 *
 * @param candidates in the order of the proposals, all different
 * @param reason why they are proposed
 */
public record GivenCandidates(List<Architecture> candidates, String reason) implements Optimizer {
  public GivenCandidates {
    candidates = List.copyOf(candidates);
  }

  @Override
  public String name() {
    return "given";
  }

  @Override
  public List<Suggestion> suggest(TrialHistory completed, List<Proposal> pending, int count) {
    Set<Architecture> known =
        Stream.concat(
                completed.observations().stream().map(Observation::architecture),
                pending.stream().map(Proposal::architecture))
            .collect(Collectors.toSet());
    return candidates.stream()
        .filter(candidate -> !known.contains(candidate))
        .limit(count)
        .map(candidate -> new Suggestion(candidate, Explanation.of(reason)))
        .toList();
  }
}
