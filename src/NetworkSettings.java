package org.xfernas.models.network;

/**
 * Size of a candidate network.
 *
 * @param filters of the first cells (F; C of an edge cell's skeleton), at least 2, doubled at each
 *     reduction
 * @param repeats cells between two reductions (N), at least 1
 */
public record NetworkSettings(int filters, int repeats) {
  public NetworkSettings {
    if (filters < 2) {
      throw new IllegalArgumentException(
          "filters must be at least 2 (filters=%d)".formatted(filters));
    }
    if (repeats < 1) {
      throw new IllegalArgumentException(
          "repeats must be at least 1 (repeats=%d)".formatted(repeats));
    }
  }
}
