package org.xfernas.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfernas.models.network.CandidateNetwork;

/** What the documents say of files is so. */
class DocumentsTest {
  private static final Pattern QUOTATION =
      Pattern.compile("<!-- from: (\\S+) -->\n```java\n((?s:.*?))```");
  private static final Pattern JAVA = Pattern.compile("```java\n");
  private static final Pattern HOCON = Pattern.compile("```hocon\n((?s:.*?))```");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)\\s]+))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  private static List<Path> documents() {
    return Documents.ALL;
  }

  private static List<MatchResult> find(Pattern pattern, Path document) throws IOException {
    return pattern.matcher(Files.readString(document)).results().toList();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void javaIsQuotedFromFilesThatAreCompiled(Path document) throws IOException {
    List<MatchResult> quotations = find(QUOTATION, document);

    assertThat(quotations).hasSameSizeAs(find(JAVA, document));
    for (MatchResult quotation : quotations) {
      assertThat(Files.readString(Script.ROOT.resolve(quotation.group(1))))
          .contains(quotation.group(2));
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void settingsAreHocon(Path document) throws IOException {
    for (MatchResult settings : find(HOCON, document)) {
      assertThat(ConfigFactory.parseString(settings.group(1)).root().keySet())
          .as(settings.group(1))
          .containsOnly("xfernas");
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadToFilesAndHeadings(Path document) throws IOException {
    for (MatchResult link : find(LINK, document)) {
      if (!link.group(1).contains("://")) {
        Path target =
            link.group(1).isEmpty()
                ? document
                : document
                    .resolveSibling(URLDecoder.decode(link.group(1), StandardCharsets.UTF_8))
                    .normalize();
        assertThat(target).as(link.group()).exists();
        if (link.group(2) != null) {
          assertThat(find(HEADING, target))
              .as(link.group())
              .extracting(heading -> anchor(heading.group(1)))
              .contains(link.group(2));
        }
      }
    }
  }

  /** As GitHub makes it. */
  private static String anchor(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{IsAlphabetic}\\p{IsDigit} _-]", "")
        .replace(' ', '-');
  }

  @Test
  void theUsersGuideNamesEveryOperationThatNetworksCanHave() throws IOException {
    assertThat(Files.readString(Script.ROOT.resolve("conf/README.md")))
        .contains(CandidateNetwork.knownOperations().stream().map("`%s`"::formatted).toList());
  }

  @Test
  void noDocumentOfTheTopFoldersIsLeftOut() throws IOException {
    try (var files = Files.walk(Script.ROOT, 2)) {
      assertThat(Documents.ALL)
          .containsExactlyInAnyOrderElementsOf(
              files.filter(file -> file.endsWith("README.md")).toList());
    }
  }
}
