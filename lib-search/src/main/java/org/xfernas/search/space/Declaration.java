package org.xfernas.search.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** Checks what a configuration says of a space; all problems are reported together. */
final class Declaration {
  private final String type;
  private final List<String> problems = new ArrayList<>();

  Declaration(String type) {
    this.type = type;
  }

  Declaration atLeast(int least, String name, int value) {
    if (value < least) {
      problems.add("%s must be at least %d (%s=%d)".formatted(name, least, name, value));
    }
    return this;
  }

  Declaration operations(List<String> operations) {
    if (operations.isEmpty()) {
      problems.add("it needs at least one operation (operations=[])");
    } else if (operations.stream().allMatch(Operations::isZero)) {
      problems.add(
          "it needs an operation that is not zero, or no architecture computes anything"
              + " (operations=%s)".formatted(operations));
    }
    for (String operation : operations) {
      if (operation.isEmpty() || !operation.chars().allMatch(c -> isNameCharacter((char) c))) {
        problems.add(
            "an operation's name is made of ASCII letters, digits, '_', '-' and '.'"
                + " (operation=\"%s\")".formatted(operation));
      }
    }
    for (String operation : new TreeSet<>(operations)) {
      if (Collections.frequency(operations, operation) > 1) {
        problems.add("an operation is listed twice (operation=%s)".formatted(operation));
      }
    }
    return this;
  }

  void check() {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot declare the space %s: %s".formatted(type, String.join("; ", problems)));
    }
  }

  static boolean isNameCharacter(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || "_-.".indexOf(character) >= 0;
  }
}
