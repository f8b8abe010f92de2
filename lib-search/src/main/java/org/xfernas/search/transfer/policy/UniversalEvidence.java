package org.xfernas.search.transfer.policy;

/**
 * The guard of a policy: what the target's results say about the universal part, by rank agreement
 * of its log-likelihoods with the scores, with uncertainty. Each pair counts by the difference of
 * its log-likelihoods, so that pairs which the universal part hardly tells apart hardly count.
 *
 * <p>Before the first result the agreement is expected to be that of moderately related tasks; the
 * results then outweigh this as they become more.
 *
 * @param results how many
 * @param differences sum over the pairs of the differences of their log-likelihoods
 * @param agreeing the same, less those of the pairs that the scores order the other way round
 */
record UniversalEvidence(int results, double differences, double agreeing) {
  /** Before the first result. */
  static final UniversalEvidence NONE = new UniversalEvidence(0, 0, 0);

  private static final double EXPECTED = 0.5;
  private static final double EXPECTED_PRECISION = 4;

  /**
   * The evidence of one more result.
   *
   * @param logLikelihoods of all results under the universal part, the new one last
   * @param scores of the same, higher is better
   */
  UniversalEvidence and(double[] logLikelihoods, double[] scores) {
    double all = differences;
    double agreed = agreeing;
    for (int other = 0; other < results; other++) {
      double difference = logLikelihoods[results] - logLikelihoods[other];
      all += Math.abs(difference);
      agreed += difference * Math.signum(scores[results] - scores[other]);
    }
    return new UniversalEvidence(results + 1, all, agreed);
  }

  /** Expected rank agreement, from -1 to 1. */
  double agreement() {
    double observed = differences > 0 ? agreeing / differences : 0;
    return (EXPECTED_PRECISION * EXPECTED + precision() * observed)
        / (EXPECTED_PRECISION + precision());
  }

  /** Standard error of the agreement. */
  double uncertainty() {
    return 1 / Math.sqrt(EXPECTED_PRECISION + precision());
  }

  /** One over the variance of Kendall's rank correlation of unrelated values. */
  private double precision() {
    return differences > 0 ? 9.0 * results * (results - 1) / (2.0 * (2 * results + 5)) : 0;
  }

  /** Weight of the universal logits: all of them for related tasks, none from agreement 0 down. */
  double weight() {
    return Math.max(0, Math.min(1, agreement() / EXPECTED));
  }
}
