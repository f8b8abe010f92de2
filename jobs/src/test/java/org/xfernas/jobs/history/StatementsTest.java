package org.xfernas.jobs.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementsTest {

  @Test
  void aStatementEndsAtASemicolonWhereverItStands() throws IOException {
    assertThat(all("SELECT 1 AS a; SELECT 2\n  AS b;; \n;SELECT 3"))
        .containsExactly("SELECT 1 AS a", "SELECT 2\n  AS b", "SELECT 3");
  }

  @Test
  void notInQuotesNorComments() throws IOException {
    List<String> statements =
        List.of(
            "SELECT ';', \"a;\", `b;c`",
            "SELECT 'it\\'s;', 'it''s;\n;'",
            "SELECT r'\\', 1",
            "SELECT 1 -- it's; one\n, 2",
            "SELECT /* it's; one\n;*/ 1");
    assertThat(all(String.join(";\n", statements) + ";")).isEqualTo(statements);
  }

  @Test
  void aCommentAloneIsNone() throws IOException {
    assertThat(all("SELECT 1; -- done\n/* really; */\n")).containsExactly("SELECT 1");
    assertThat(all("")).isEmpty();
  }

  private static List<String> all(String text) throws IOException {
    Statements statements = new Statements(new StringReader(text));
    List<String> all = new ArrayList<>();
    for (Optional<String> next = statements.next(); next.isPresent(); next = statements.next()) {
      all.add(next.get());
    }
    return all;
  }
}
