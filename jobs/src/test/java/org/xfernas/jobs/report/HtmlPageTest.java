package org.xfernas.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlPageTest {
  @TempDir Path directory;

  @Test
  void aPageThatCannotBeWrittenLeavesTheOneBefore() throws IOException {
    Path file = Files.writeString(directory.resolve("report.html"), "before");
    HtmlPage page = new HtmlPage("title", "", List.of(), "{}");
    assertThatThrownBy(() -> page.write(file, "no.jte", "content"))
        .isInstanceOf(RuntimeException.class);
    assertThat(file).hasContent("before");
    assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void aSummaryTakesThePlaceOfTheOneBeforeAsAWhole() throws IOException {
    Path before = directory.resolve("before");
    Files.createLink(before, SummaryFile.write(directory, Map.of("job", "one")));
    Path after = SummaryFile.write(directory, Map.of("job", "two"));
    assertThat(before).content().contains("one");
    assertThat(after).content().contains("two");
  }
}
