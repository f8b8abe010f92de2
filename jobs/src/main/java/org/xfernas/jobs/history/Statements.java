package org.xfernas.jobs.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements of a text that is read line by line, so that a terminal is answered at once. A
 * statement ends at a semicolon outside quotes and comments, or with the text.
 */
final class Statements {
  private static final String COMMENT = "--[^\\n]*+|/\\*.*?(?:\\*/|\\z)";

  private static final Pattern COMMENTS = Pattern.compile(COMMENT, Pattern.DOTALL);

  /** What a semicolon may stand in without being an end, as far as it is there, and an end. */
  private static final Pattern PIECE =
      Pattern.compile(
          String.join(
              "|",
              COMMENT,
              "\\b[rR]'[^']*+'?",
              "\\b[rR]\"[^\"]*+\"?",
              "'(?:[^'\\\\]++|\\\\.)*+'?",
              "\"(?:[^\"\\\\]++|\\\\.)*+\"?",
              "`[^`]*+`?",
              ";"),
          Pattern.DOTALL);

  private final BufferedReader lines;
  private String rest = "";

  Statements(Reader text) {
    lines = new BufferedReader(text);
  }

  /** The next one without its semicolon; none is empty or only a comment. */
  Optional<String> next() throws IOException {
    while (true) {
      int end = end(rest);
      if (end < 0) {
        String line = lines.readLine();
        if (line != null) {
          rest += line + "\n";
          continue;
        }
        end = rest.length();
        if (end == 0) {
          return Optional.empty();
        }
      }
      String statement = rest.substring(0, end);
      rest = rest.substring(Math.min(end + 1, rest.length()));
      if (!COMMENTS.matcher(statement).replaceAll("").isBlank()) {
        return Optional.of(statement.strip());
      }
    }
  }

  /** The index of the first semicolon that ends a statement, below 0 where there is none. */
  private static int end(String text) {
    Matcher piece = PIECE.matcher(text);
    while (piece.find()) {
      if (piece.group().equals(";")) {
        return piece.start();
      }
    }
    return -1;
  }
}
