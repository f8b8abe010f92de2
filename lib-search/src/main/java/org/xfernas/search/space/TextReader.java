package org.xfernas.search.space;

import java.util.List;

/** Reads an architecture's text from left to right; what does not fit is refused in place. */
final class TextReader {
  /** Separates the outputs of a cell, also from an operation before it. */
  static final String ARROW = "->";

  private final String text;
  private int position;

  TextReader(String text) {
    this.text = text;
  }

  /** Goes past white space. */
  TextReader skipSpace() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
    return this;
  }

  /** Whether {@code literal} stands here; goes past it if so. */
  boolean next(String literal) {
    boolean found = text.startsWith(literal, position);
    if (found) {
      position += literal.length();
    }
    return found;
  }

  /** Goes past {@code literal}, which has to stand here. */
  void expect(String literal) {
    if (!next(literal)) {
      throw expected("\"" + literal + "\"");
    }
  }

  /** One of the operations, which has to stand here. */
  String operation(List<String> operations) {
    int end = position;
    while (end < text.length()
        && Declaration.isNameCharacter(text.charAt(end))
        && !text.startsWith(ARROW, end)) {
      end++;
    }
    String name = text.substring(position, end);
    if (!operations.contains(name)) {
      throw expected("one of the operations " + String.join(", ", operations));
    }
    position = end;
    return name;
  }

  /** A number from {@code first} to {@code last}, which has to stand here. */
  int number(String meaning, int first, int last) {
    int end = position;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    String digits = text.substring(position, end);
    for (int number = first; number <= last; number++) {
      if (digits.equals(String.valueOf(number))) {
        position = end;
        return number;
      }
    }
    throw expected("%s from %d to %d".formatted(meaning, first, last));
  }

  /** The text has to end here. */
  void expectEnd() {
    if (position < text.length()) {
      throw expected("the end");
    }
  }

  ArchitectureFormatException expected(String what) {
    return new ArchitectureFormatException(text, position, what);
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
