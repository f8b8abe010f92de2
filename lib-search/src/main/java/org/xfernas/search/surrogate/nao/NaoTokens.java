package org.xfernas.search.surrogate.nao;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.ArchitectureId;
import org.xfernas.search.space.BlockCellSpace;
import org.xfernas.search.space.SearchSpace;

/**
 * How a space's architectures are written as tokens for the encoder: one step per branch of a block
 * cell, (input, operation), and one per edge of an edge cell. Training sees each architecture in
 * several forms of equal function: with the branches of some blocks swapped, and with mutations
 * that change nothing, on edges or branches that reach no output.
 */
final class NaoTokens {
  private static final int BRANCH = 2;
  private static final int BLOCK = 2 * BRANCH;
  private static final int TRIES = 24;

  private final SearchSpace space;
  private final boolean blocks;
  private final int length;

  NaoTokens(SearchSpace space) {
    this.space = space;
    this.blocks = space instanceof BlockCellSpace;
    this.length = space.encode(space.sample(new Seed(0).generator())).length;
  }

  /** Sizes of a network that reads them. */
  NaoShape shape(int tasks) {
    return NaoShape.of(length, blocks ? BRANCH : 1, space.vocabularySize(), tasks);
  }

  int[] of(Architecture architecture) {
    return space.encode(architecture);
  }

  /** A random architecture. */
  int[] sample(RandomGenerator random) {
    return of(space.sample(random));
  }

  /** Forms of equal function, itself among them. */
  List<int[]> forms(Architecture architecture, RandomGenerator random) {
    ArchitectureId id = space.id(architecture);
    List<int[]> forms = new ArrayList<>();
    forms.add(of(architecture));
    Architecture form = architecture;
    for (int i = 0; i < TRIES; i++) {
      Architecture mutant = space.mutate(form, random);
      if (space.id(mutant).equals(id)) {
        form = mutant;
        forms.add(of(form));
      }
    }
    return forms;
  }

  /** The tokens with the branches of some blocks swapped. */
  int[] swapped(int[] tokens, RandomGenerator random) {
    if (!blocks) {
      return tokens;
    }
    int[] swapped = tokens.clone();
    for (int block = 0; block < length; block += BLOCK) {
      if (random.nextBoolean()) {
        System.arraycopy(tokens, block, swapped, block + BRANCH, BRANCH);
        System.arraycopy(tokens, block + BRANCH, swapped, block, BRANCH);
      }
    }
    return swapped;
  }

  /** The likeliest token among those that the position allows. */
  int likeliest(float[] logits, int at, int position) {
    int best = -1;
    for (int token = 0; token < space.vocabularySize(); token++) {
      if (space.allows(position, token) && (best < 0 || logits[at + token] > logits[at + best])) {
        best = token;
      }
    }
    return best;
  }

  Architecture decode(int[] tokens) {
    return space.decode(tokens);
  }
}
