package org.xfernas.search.run;

/**
 * What a search knows of a source task.
 *
 * @param task its name
 * @param evaluations architectures with a result that fit the space of the search, failed ones
 *     included; of many, a subsample is learnt from
 * @param kept share of the source's results that these were made of; the rest does not fit the
 *     space of the search
 * @param hash of the architectures and their scores; empty in what was recorded before there was
 *     one
 */
public record SourceUse(String task, int evaluations, double kept, String hash) {
  public SourceUse {
    hash = hash == null ? "" : hash;
  }

  /** Whether it is the same as far as is known of both. */
  public boolean agreesWith(SourceUse other) {
    boolean known = !hash.isEmpty() && !other.hash.isEmpty();
    return known ? equals(other) : withoutHash().equals(other.withoutHash());
  }

  private SourceUse withoutHash() {
    return new SourceUse(task, evaluations, kept, "");
  }
}
