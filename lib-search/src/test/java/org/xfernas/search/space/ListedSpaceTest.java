package org.xfernas.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;

class ListedSpaceTest {
  private static final EdgeCellSpace SPACE = new EdgeCellSpace(3, List.of("conv", "pool", "zero"));
  private static final Architecture FIRST = SPACE.decode(new int[] {0, 0, 0});
  private static final Architecture NEAR = SPACE.decode(new int[] {0, 0, 1});
  private static final Architecture NEAR_TOO = SPACE.decode(new int[] {2, 0, 0});
  private static final Architecture FAR = SPACE.decode(new int[] {1, 1, 1});
  private static final ListedSpace LISTED =
      new ListedSpace(SPACE, List.of(FAR, NEAR, FIRST, NEAR_TOO));

  @Test
  void itHasTheListedArchitecturesAndNoOthers() {
    assertThat(LISTED.size()).isEqualTo(4);
    assertThat(LISTED.all()).containsExactly(FAR, NEAR, FIRST, NEAR_TOO);
    RandomGenerator random = new Seed(1).generator();
    assertThat(IntStream.range(0, 100).mapToObj(draw -> LISTED.sample(random)))
        .containsOnly(FAR, NEAR, FIRST, NEAR_TOO)
        .contains(FAR, NEAR, FIRST, NEAR_TOO);
  }

  @Test
  void neighboursAreAllOthersTheNearestFirst() {
    assertThat(LISTED.neighbours(FIRST)).containsExactly(NEAR, NEAR_TOO, FAR);
    RandomGenerator random = new Seed(1).generator();
    assertThat(IntStream.range(0, 50).mapToObj(draw -> LISTED.mutate(FIRST, random)))
        .contains(NEAR, NEAR_TOO)
        .doesNotContain(FAR, FIRST);
  }

  @Test
  void tokensAndIdsAreThoseOfTheSpace() {
    assertThat(LISTED.encode(NEAR)).containsExactly(0, 0, 1);
    assertThat(LISTED.decode(new int[] {1, 2, 2})).isEqualTo(SPACE.decode(new int[] {1, 2, 2}));
    assertThat(LISTED.id(FAR)).isEqualTo(SPACE.id(FAR));
    assertThat(LISTED.vocabularySize()).isEqualTo(3);
  }

  @Test
  void aListOfNothingOrOfOneTwiceIsRefused() {
    assertThatThrownBy(() -> new ListedSpace(SPACE, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one is needed");
    assertThatThrownBy(() -> new ListedSpace(SPACE, List.of(FAR, FAR)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("all must be different (architectures=2)");
    assertThatThrownBy(
            () -> new ListedSpace(SPACE, List.of(FAR)).mutate(FAR, new Seed(1).generator()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no other architecture is listed");
  }
}
