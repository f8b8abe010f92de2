package org.xfernas.search.space;

import java.util.Objects;

/**
 * Identity of the function that an architecture computes: a digest of the canonical form of its
 * live computation graph (dead edges dropped, isomorphic relabelling, skips contracted where this
 * changes nothing, shared nodes kept shared). It depends on the architecture alone.
 *
 * <p>Equal ids are equal functions of equal weights, up to the order in which sums are added and
 * channels are concatenated. That asks one thing of a network: what reads only zeros is left out,
 * since batch normalisation would make its shift of them. Different ids can still be one function:
 * pooling is not contracted, and two equal poolings of one node count as two operations.
 *
 * @param value 32 hexadecimal digits, or any printable characters without spaces
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
