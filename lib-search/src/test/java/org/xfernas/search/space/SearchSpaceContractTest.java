package org.xfernas.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfernas.search.Seed;

/** What every search space promises; each property is tried on 50 random architectures. */
abstract class SearchSpaceContractTest {

  /** The space under test; has more than one architecture. */
  abstract SearchSpace space();

  /** How many choices each token has, counted by hand from the space's definition. */
  abstract int[] choices();

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  final Architecture sample(long seed) {
    return space().sample(generator(seed, "sample"));
  }

  static RandomGenerator generator(long seed, String name) {
    return new Seed(seed).child(name).generator();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void readsTheTextItWrites(long seed) {
    Architecture architecture = sample(seed);

    assertThat(space().parse(architecture.text())).isEqualTo(architecture);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void decodesTheTokensItEncodes(long seed) {
    Architecture architecture = sample(seed);
    int[] tokens = space().encode(architecture);

    assertThat(tokens).hasSize(choices().length);
    assertThat(Arrays.stream(tokens)).allMatch(token -> 0 <= token);
    assertThat(Arrays.stream(tokens)).allMatch(token -> token < space().vocabularySize());
    assertThat(space().decode(tokens)).isEqualTo(architecture);
  }

  @Test
  void goesThroughItsArchitecturesInTheOrderOfTheTokens() {
    List<int[]> rows = space().all().limit(1_000).map(space()::encode).toList();

    assertThat(rows).hasSize(space().size().min(BigInteger.valueOf(1_000)).intValue());
    for (int row = 1; row < rows.size(); row++) {
      assertThat(Arrays.compare(rows.get(row - 1), rows.get(row))).isNegative();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void mutatesOneDecisionWithinTheSpace(long seed) {
    Architecture parent = sample(seed);
    Architecture child = space().mutate(parent, generator(seed, "mutate"));

    assertThat(differences(parent, child)).isEqualTo(1);
    assertThat(space().parse(child.text())).isEqualTo(child);
    assertThat(space().neighbours(parent)).contains(child);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void hasEveryChangeOfOneDecisionAsNeighbour(long seed) {
    Architecture architecture = sample(seed);
    List<Architecture> neighbours = space().neighbours(architecture);

    assertThat(neighbours)
        .hasSize(Arrays.stream(choices()).map(choices -> choices - 1).sum())
        .doesNotHaveDuplicates()
        .allMatch(neighbour -> differences(architecture, neighbour) == 1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void givesTheSameForTheSameSeed(long seed) {
    Architecture architecture = sample(seed);

    assertThat(sample(seed)).isEqualTo(architecture);
    assertThat(space().mutate(architecture, generator(seed, "mutate")))
        .isEqualTo(space().mutate(architecture, generator(seed, "mutate")));
    assertThat(space().id(architecture)).isEqualTo(space().id(sample(seed)));
  }

  @Test
  void samplesEveryDecisionUniformly() {
    int samples = 4000;
    RandomGenerator random = generator(0, "uniform");
    int[][] counts = new int[choices().length][space().vocabularySize()];
    for (int i = 0; i < samples; i++) {
      int[] tokens = space().encode(space().sample(random));
      for (int position = 0; position < tokens.length; position++) {
        counts[position][tokens[position]]++;
      }
    }

    for (int position = 0; position < counts.length; position++) {
      assertUniform(counts[position], samples, choices()[position]);
    }
  }

  @Test
  void mutatesEveryDecisionEquallyOften() {
    int mutations = 4000;
    RandomGenerator random = generator(0, "uniform");
    Architecture parent = space().sample(random);
    int[] tokens = space().encode(parent);
    int[] counts = new int[tokens.length];
    for (int i = 0; i < mutations; i++) {
      int[] mutated = space().encode(space().mutate(parent, random));
      counts[IntStream.range(0, tokens.length).filter(p -> tokens[p] != mutated[p]).sum()]++;
    }

    assertUniform(counts, mutations, (int) Arrays.stream(choices()).filter(c -> c > 1).count());
  }

  /** Exactly {@code classes} counts are not zero, and each is within 5 standard deviations. */
  private static void assertUniform(int[] counts, int total, int classes) {
    double share = 1.0 / classes;
    double deviation = Math.sqrt(total * share * (1 - share));
    assertThat(Arrays.stream(counts).filter(count -> count > 0).count()).isEqualTo(classes);
    assertThat(Arrays.stream(counts).filter(count -> count > 0))
        .allMatch(count -> Math.abs(count - total * share) <= 5 * deviation);
  }

  @Test
  void refusesTokensOfTheWrongLength() {
    int[] tokens = Arrays.copyOf(space().encode(sample(0)), choices().length + 1);

    assertThatThrownBy(() -> space().decode(tokens))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot decode tokens: expected %d of them (tokens=%d)",
            choices().length, tokens.length);
  }

  @Test
  void refusesATokenThatMeansNothingAtItsPosition() {
    for (int position = 0; position < choices().length; position++) {
      int[] tokens = space().encode(sample(0));
      tokens[position] = space().vocabularySize();

      assertThatThrownBy(() -> space().decode(tokens))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Cannot decode tokens: expected the ")
          .hasMessageEndingWith("at position %d (token=%d)", position, space().vocabularySize());
    }
  }

  /** Every text made from a good one by dropping, doubling or replacing one character. */
  @Test
  void readsATextExactlyOrSaysWhereItFails() {
    String good = sample(0).text();
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < good.length(); i++) {
      String before = good.substring(0, i);
      String after = good.substring(i + 1);
      Stream.of("", good.charAt(i) + "" + good.charAt(i), "?", "0", "~", "|", "[", ",")
          .forEach(replacement -> texts.add(before + replacement + after));
    }

    for (String text : texts) {
      try {
        Architecture architecture = space().parse(text);
        assertThat(space().parse(architecture.text())).isEqualTo(architecture);
      } catch (ArchitectureFormatException e) {
        assertThat(e.position()).isBetween(0, text.length());
        assertThat(e)
            .hasMessageContaining("expected ")
            .hasMessageEndingWith("at position %d of \"%s\"", e.position(), text);
      }
    }
  }

  private int differences(Architecture one, Architecture other) {
    int[] tokens = space().encode(one);
    int[] others = space().encode(other);
    return (int) IntStream.range(0, tokens.length).filter(p -> tokens[p] != others[p]).count();
  }
}
