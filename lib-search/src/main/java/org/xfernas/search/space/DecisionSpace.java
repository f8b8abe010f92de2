package org.xfernas.search.space;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A space whose architectures are fixed-length rows of independent decisions, one token each.
 * Sampling, mutation, neighbours and tokens follow from the list of decisions.
 */
abstract class DecisionSpace implements SearchSpace {

  /**
   * One decision; its choices are the tokens from {@code firstToken} on.
   *
   * @param meaning what is decided, for error messages
   * @param firstToken token of the first choice
   * @param choices number of choices, at least 1
   */
  record Decision(String meaning, int firstToken, int choices) {
    boolean allows(int token) {
      return token >= firstToken && token < firstToken + choices;
    }
  }

  private final List<String> operations;
  private final List<Decision> decisions;

  DecisionSpace(List<String> operations, List<Decision> decisions) {
    this.operations = List.copyOf(operations);
    this.decisions = List.copyOf(decisions);
  }

  /**
   * Tokens of the decisions that made the architecture.
   *
   * @throws IllegalArgumentException where it is none of this space
   */
  abstract int[] tokens(Architecture architecture);

  /** The architecture that these valid decisions make. */
  abstract Architecture architecture(int[] tokens);

  /** The architecture with other decisions; what is not decided by tokens stays as it is. */
  abstract Architecture revised(Architecture architecture, int[] tokens);

  @Override
  public final List<String> operations() {
    return operations;
  }

  @Override
  public final BigInteger size() {
    return decisions.stream()
        .map(decision -> BigInteger.valueOf(decision.choices()))
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  @Override
  public final Stream<Architecture> all() {
    int[] first = decisions.stream().mapToInt(Decision::firstToken).toArray();
    return Stream.iterate(Optional.of(first), Optional::isPresent, row -> row.flatMap(this::next))
        .map(row -> architecture(row.orElseThrow()));
  }

  /** The row of tokens after this one; empty after the last. */
  private Optional<int[]> next(int[] tokens) {
    int[] next = tokens.clone();
    for (int position = next.length - 1; position >= 0; position--) {
      next[position]++;
      if (decisions.get(position).allows(next[position])) {
        return Optional.of(next);
      }
      next[position] = decisions.get(position).firstToken();
    }
    return Optional.empty();
  }

  @Override
  public final Architecture sample(RandomGenerator random) {
    return architecture(
        decisions.stream()
            .mapToInt(decision -> decision.firstToken() + random.nextInt(decision.choices()))
            .toArray());
  }

  @Override
  public final Architecture mutate(Architecture architecture, RandomGenerator random) {
    int[] tokens = tokens(architecture);
    int[] open = openDecisions();
    if (open.length == 0) {
      throw new IllegalArgumentException(
          "Cannot mutate: the space has no other architecture (architecture=%s)"
              .formatted(architecture.text()));
    }
    int position = open[random.nextInt(open.length)];
    Decision decision = decisions.get(position);
    int other = decision.firstToken() + random.nextInt(decision.choices() - 1);
    tokens[position] = other < tokens[position] ? other : other + 1;
    return revised(architecture, tokens);
  }

  @Override
  public final List<Architecture> neighbours(Architecture architecture) {
    int[] tokens = tokens(architecture);
    List<Architecture> neighbours = new ArrayList<>();
    for (int position = 0; position < tokens.length; position++) {
      Decision decision = decisions.get(position);
      for (int choice = 0; choice < decision.choices(); choice++) {
        int token = decision.firstToken() + choice;
        if (token != tokens[position]) {
          int[] changed = tokens.clone();
          changed[position] = token;
          neighbours.add(revised(architecture, changed));
        }
      }
    }
    return List.copyOf(neighbours);
  }

  @Override
  public boolean encodes(Architecture architecture) {
    return true;
  }

  @Override
  public int[] encode(Architecture architecture) {
    return tokens(architecture);
  }

  @Override
  public final Architecture decode(int[] tokens) {
    if (tokens.length != decisions.size()) {
      throw new IllegalArgumentException(
          "Cannot decode tokens: expected %d of them (tokens=%d)"
              .formatted(decisions.size(), tokens.length));
    }
    for (int position = 0; position < tokens.length; position++) {
      Decision decision = decisions.get(position);
      if (!decision.allows(tokens[position])) {
        throw new IllegalArgumentException(
            "Cannot decode tokens: expected %s, a token from %d to %d, at position %d (token=%d)"
                .formatted(
                    decision.meaning(),
                    decision.firstToken(),
                    decision.firstToken() + decision.choices() - 1,
                    position,
                    tokens[position]));
      }
    }
    return architecture(tokens);
  }

  @Override
  public final boolean allows(int position, int token) {
    return decisions.get(position).allows(token);
  }

  @Override
  public final int vocabularySize() {
    return decisions.stream()
        .mapToInt(decision -> decision.firstToken() + decision.choices())
        .max()
        .orElseThrow();
  }

  /** Position of the operation in the declared list; refuses an unknown one. */
  final int position(String operation, Architecture architecture) {
    int position = operations.indexOf(operation);
    if (position < 0) {
      throw foreign(architecture, "operation=" + operation);
    }
    return position;
  }

  /** The refusal of an architecture that is none of this space. */
  final IllegalArgumentException foreign(Architecture architecture, String reason) {
    return new IllegalArgumentException(
        "Cannot use an architecture of another space (space=%s, %s, architecture=%s)"
            .formatted(this, reason, architecture.text()));
  }

  private int[] openDecisions() {
    return IntStream.range(0, decisions.size())
        .filter(position -> decisions.get(position).choices() > 1)
        .toArray();
  }
}
