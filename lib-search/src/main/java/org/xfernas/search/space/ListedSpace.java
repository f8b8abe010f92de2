package org.xfernas.search.space;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Some architectures of a space, such as those with a known result. Draws, mutations and neighbours
 * are listed ones; as a list has holes, all others are neighbours, those with the fewest other
 * decisions first. Texts, tokens and ids are the space's.
 */
public final class ListedSpace implements SearchSpace {
  private final SearchSpace space;
  private final List<Architecture> listed;

  /**
   * A part of a space.
   *
   * @param space of the architectures
   * @param listed at least one, all different
   */
  public ListedSpace(SearchSpace space, List<Architecture> listed) {
    if (listed.isEmpty() || Set.copyOf(listed).size() < listed.size()) {
      throw new IllegalArgumentException(
          "Cannot search among listed architectures: at least one is needed, and all must be different (architectures=%d)"
              .formatted(listed.size()));
    }
    this.space = space;
    this.listed = List.copyOf(listed);
  }

  @Override
  public String type() {
    return space.type();
  }

  @Override
  public List<String> operations() {
    return space.operations();
  }

  @Override
  public BigInteger size() {
    return BigInteger.valueOf(listed.size());
  }

  @Override
  public Stream<Architecture> all() {
    return listed.stream();
  }

  @Override
  public Architecture sample(RandomGenerator random) {
    return listed.get(random.nextInt(listed.size()));
  }

  @Override
  public Architecture mutate(Architecture architecture, RandomGenerator random) {
    List<Architecture> others = neighbours(architecture);
    if (others.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot mutate: no other architecture is listed (architecture=%s)"
              .formatted(architecture.text()));
    }
    int least = changes(architecture, others.get(0));
    long nearest = others.stream().takeWhile(one -> changes(architecture, one) == least).count();
    return others.get(random.nextInt((int) nearest));
  }

  @Override
  public List<Architecture> neighbours(Architecture architecture) {
    return listed.stream()
        .filter(one -> !one.equals(architecture))
        .sorted(Comparator.comparingInt(one -> changes(architecture, one)))
        .toList();
  }

  /** Decisions in which two differ; where one has no tokens, more than any. */
  private int changes(Architecture one, Architecture other) {
    if (!space.encodes(one) || !space.encodes(other)) {
      return Integer.MAX_VALUE;
    }
    int[] tokens = space.encode(one);
    int[] others = space.encode(other);
    return (int) IntStream.range(0, tokens.length).filter(at -> tokens[at] != others[at]).count();
  }

  @Override
  public boolean encodes(Architecture architecture) {
    return space.encodes(architecture);
  }

  @Override
  public int[] encode(Architecture architecture) {
    return space.encode(architecture);
  }

  @Override
  public Architecture decode(int[] tokens) {
    return space.decode(tokens);
  }

  @Override
  public boolean allows(int position, int token) {
    return space.allows(position, token);
  }

  @Override
  public int vocabularySize() {
    return space.vocabularySize();
  }

  @Override
  public Architecture parse(String text) {
    return space.parse(text);
  }

  @Override
  public ArchitectureId id(Architecture architecture) {
    return space.id(architecture);
  }

  @Override
  public String toString() {
    return "%d architectures of %s".formatted(listed.size(), space);
  }
}
