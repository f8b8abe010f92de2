package org.xfernas.search.trial;

import java.util.List;
import java.util.Optional;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.ArchitectureId;

/**
 * A candidate that a search decided to evaluate; written before it is launched.
 *
 * @param number position in the search, from 1
 * @param architecture the candidate as proposed
 * @param id its identity as a function
 * @param seed seed of its training
 * @param basis what was known when it was proposed
 * @param explanation why it was proposed
 * @param optimizerSeconds its share of the time that the optimizer took
 */
public record Proposal(
    int number,
    Architecture architecture,
    ArchitectureId id,
    long seed,
    Basis basis,
    Explanation explanation,
    double optimizerSeconds) {

  /**
   * State of the search that a proposal was made in, so that it can be made again.
   *
   * @param observed numbers of the completed trials that the optimizer saw, ascending
   * @param pending numbers of the proposals without a result at that time, ascending
   */
  public record Basis(List<Integer> observed, List<Integer> pending) {
    public Basis {
      observed = List.copyOf(observed);
      pending = List.copyOf(pending);
    }
  }

  /**
   * Why an optimizer proposed a candidate.
   *
   * @param reason a few words: {@code random start}, {@code mutation of 12}
   * @param prediction what its surrogate expected, where it has one
   * @param transfer what sources had to do with it, empty without transfer
   * @param shadow what the optimizer would have proposed without sources, where that is known
   */
  public record Explanation(
      String reason,
      Optional<Prediction> prediction,
      Optional<TransferShares> transfer,
      Optional<Architecture> shadow) {

    /** A reason without a surrogate or sources. */
    public static Explanation of(String reason) {
      return new Explanation(reason, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same with a shadow. */
    public Explanation withShadow(Architecture other) {
      return new Explanation(reason, prediction, transfer, Optional.of(other));
    }
  }
}
