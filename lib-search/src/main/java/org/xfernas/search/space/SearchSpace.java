package org.xfernas.search.space;

import java.math.BigInteger;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A declared set of architectures and what an optimizer may do with it. Implementations are
 * immutable; randomness comes in by argument.
 */
public interface SearchSpace {

  /** The name of the kind of space in a configuration: {@code block-cell} or {@code edge-cell}. */
  String type();

  /** Names of the operations, in declared order. */
  List<String> operations();

  /** Number of architectures that {@link #sample} can give, equal functions counted apart. */
  BigInteger size();

  /** Every architecture that {@link #sample} can give, in the order of the tokens. */
  Stream<Architecture> all();

  /** An architecture drawn with every decision uniform and independent. */
  Architecture sample(RandomGenerator random);

  /**
   * A neighbour of {@code architecture}: one decision, drawn uniformly, gets another choice, drawn
   * uniformly.
   */
  Architecture mutate(Architecture architecture, RandomGenerator random);

  /** All architectures that differ in one decision, in the order of the tokens; not itself. */
  List<Architecture> neighbours(Architecture architecture);

  /** Whether {@link #encode} has tokens for an architecture of this space. */
  boolean encodes(Architecture architecture);

  /**
   * The decisions as tokens, each in {@code [0, vocabularySize())}; length is fixed by the space.
   */
  int[] encode(Architecture architecture);

  /**
   * The architecture of {@link #encode}'s tokens.
   *
   * @throws IllegalArgumentException where the tokens name none, with the position
   */
  Architecture decode(int[] tokens);

  /** Whether an architecture may have this token at this position. */
  boolean allows(int position, int token);

  /** Number of different tokens. */
  int vocabularySize();

  /**
   * The architecture of a text.
   *
   * @throws ArchitectureFormatException naming the position and what was expected there
   */
  Architecture parse(String text);

  /** Identity of the architecture as a function; see {@link ArchitectureId}. */
  ArchitectureId id(Architecture architecture);
}
