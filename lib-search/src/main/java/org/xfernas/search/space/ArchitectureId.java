package org.xfernas.search.space;

import java.util.Objects;

/**
 * Identity of the function that an architecture computes: the canonical form of its live
 * computation graph (dead edges dropped, isomorphic relabelling, skips contracted where this
 * changes nothing, shared nodes kept shared). Equal ids are equal functions of equal weights.
 *
 * @param value the canonical form, or a digest of it, in printable characters without spaces
 */
public record ArchitectureId(String value) {
  public ArchitectureId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value;
  }
}
