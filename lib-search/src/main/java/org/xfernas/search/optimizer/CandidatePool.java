package org.xfernas.search.optimizer;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;

/**
 * What an optimizer with a model chooses from: the whole space where it has at most {@value
 * #ENUMERABLE} architectures; else the neighbours of promising ones, chains of mutations that start
 * at them, and random draws. Of architectures that are the same under the deduplication, one.
 */
final class CandidatePool {
  private static final int ENUMERABLE = 50_000;
  private static final int CENTRES = 10;
  private static final int MUTANTS = 1_000;
  private static final int LONGEST_CHAIN = 4;
  private static final int DRAWS = 1_000;

  private final SearchSpace space;
  private final Deduplication deduplication;
  private final Seed seed;
  private final boolean enumerable;

  /** The whole space, made when first asked for. */
  private Pool whole;

  /**
   * A pool.
   *
   * @param space to choose from
   * @param deduplication which architectures are the same
   * @param seed of mutations and draws
   */
  CandidatePool(SearchSpace space, Deduplication deduplication, Seed seed) {
    this.space = space;
    this.deduplication = deduplication;
    this.seed = seed;
    this.enumerable = space.size().compareTo(BigInteger.valueOf(ENUMERABLE)) <= 0;
  }

  /**
   * The pool of one proposal; for an enumerable space always the same object, known architectures
   * included.
   *
   * @param promising architectures, the most promising first; the first {@value #CENTRES} matter
   * @param made proposals so far, so that each has mutations and draws of its own
   */
  Pool of(List<Architecture> promising, int made) {
    if (!enumerable) {
      return pool(around(promising, seed.child("pool", made).generator()));
    }
    if (whole == null) {
      whole = pool(space.all());
    }
    return whole;
  }

  /** Whether it is the same for all proposals. */
  boolean isWholeSpace() {
    return enumerable;
  }

  /** A pool with others before its own. */
  Pool with(List<Architecture> others, Pool offered) {
    return pool(Stream.concat(others.stream(), offered.architectures().stream()));
  }

  private Stream<Architecture> around(List<Architecture> promising, RandomGenerator random) {
    List<Architecture> around = new ArrayList<>();
    List<Architecture> centres = promising.subList(0, Math.min(CENTRES, promising.size()));
    for (Architecture centre : centres) {
      around.add(centre);
      around.addAll(space.neighbours(centre));
    }
    for (int mutant = 0; mutant < MUTANTS && !centres.isEmpty(); mutant++) {
      Architecture chain = centres.get(random.nextInt(centres.size()));
      int length = 2 + random.nextInt(LONGEST_CHAIN - 1);
      for (int mutation = 0; mutation < length; mutation++) {
        chain = space.mutate(chain, random);
      }
      around.add(chain);
    }
    for (int draw = 0; draw < DRAWS; draw++) {
      around.add(space.sample(random));
    }
    return around.stream();
  }

  private Pool pool(Stream<Architecture> architectures) {
    Map<Object, Architecture> byKey = new LinkedHashMap<>();
    architectures.forEach(one -> byKey.putIfAbsent(deduplication.key(space, one), one));
    return new Pool(List.copyOf(byKey.values()), List.copyOf(byKey.keySet()));
  }

  /**
   * Candidates, perhaps known.
   *
   * @param architectures all different
   * @param keys what each has in common with those that are the same, in their order
   */
  record Pool(List<Architecture> architectures, List<Object> keys) {

    /** Those that may be suggested. */
    List<Architecture> freshOnes(Candidates candidates) {
      return Arrays.stream(fresh(candidates)).mapToObj(architectures::get).toList();
    }

    /** Indices of those that may be suggested, ascending. */
    int[] fresh(Candidates candidates) {
      return IntStream.range(0, keys.size())
          .filter(index -> candidates.isNewKey(keys.get(index)))
          .toArray();
    }
  }
}
