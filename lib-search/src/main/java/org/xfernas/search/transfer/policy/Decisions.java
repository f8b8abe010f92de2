package org.xfernas.search.transfer.policy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;

/**
 * The decisions that make an architecture, in the order of its tokens: what a policy chooses among.
 *
 * @param space that they are of
 * @param tokens the valid tokens of each position, ascending
 */
record Decisions(SearchSpace space, List<int[]> tokens) {

  /** Those of a space. */
  static Decisions of(SearchSpace space) {
    int length = space.encode(space.sample(new Seed(0).generator())).length;
    List<int[]> tokens =
        IntStream.range(0, length)
            .mapToObj(
                position ->
                    IntStream.range(0, space.vocabularySize())
                        .filter(token -> space.allows(position, token))
                        .toArray())
            .toList();
    return new Decisions(space, tokens);
  }

  /** Number of decisions. */
  int length() {
    return tokens.size();
  }

  /** Number of valid tokens at a position. */
  int choices(int position) {
    return tokens.get(position).length;
  }

  /** The choices that make an architecture: indices into the valid tokens of each position. */
  int[] choices(Architecture architecture) {
    int[] row = space.encode(architecture);
    return IntStream.range(0, row.length)
        .map(position -> Arrays.binarySearch(tokens.get(position), row[position]))
        .toArray();
  }

  /** The architecture that these choices make. */
  Architecture architecture(int[] choices) {
    return space.decode(
        IntStream.range(0, choices.length)
            .map(position -> tokens.get(position)[choices[position]])
            .toArray());
  }
}
