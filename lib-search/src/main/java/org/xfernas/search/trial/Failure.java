package org.xfernas.search.trial;

/**
 * Why a trial failed.
 *
 * @param kind what an algorithm or a person can act on
 * @param reason one sentence for a person
 */
public record Failure(Kind kind, String reason) {

  /** Causes of failure, as stored in the trials table in lower case. */
  public enum Kind {
    /** The loss was no longer a number. */
    DIVERGED,
    /** The trial needed more memory than its worker may take. */
    OUT_OF_MEMORY,
    /** The trial ran past its deadline. */
    DEADLINE,
    /** The trial's worker died with it, twice where the first time could be bad luck. */
    CRASH,
    /** The architecture cannot be built or is not in the table. */
    INVALID,
    /** Anything else; the reason has it. */
    ERROR
  }
}
