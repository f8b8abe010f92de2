package org.xfernas.jobs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.FileOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfernas.jobs.WholeFile;

/**
 * What every report has around its content: the style sheet, the chart library, the numbers that
 * the charts show, and a policy under which a browser runs nothing but this page's own scripts and
 * fetches nothing.
 *
 * @param title of the page
 * @param style the style sheet
 * @param scripts in the order in which they run
 * @param data that the charts show, as JSON without the characters that mean something in HTML
 */
record HtmlPage(String title, String style, List<String> scripts, String data) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new Jdk8Module())
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  /** Of the templates that the build compiles into this package. */
  static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, HtmlPage.class.getClassLoader(), HtmlPage.class.getPackageName());

  private static final String LIBRARIES = "/META-INF/resources/webjars/";

  /** The chart library, in the order in which its parts run. */
  static final List<String> VEGA =
      List.of(
          LIBRARIES + "vega/5.32.0/vega.min.js",
          LIBRARIES + "vega-lite/5.23.0/vega-lite.min.js",
          LIBRARIES + "vega-embed/6.29.0/vega-embed.min.js");

  HtmlPage {
    scripts = List.copyOf(scripts);
  }

  /**
   * A page with charts.
   *
   * @param charts the page's own script
   * @param data that it draws
   */
  static HtmlPage of(String title, String charts, Object data) {
    return new HtmlPage(
        title,
        resource("report.css"),
        Stream.concat(VEGA.stream(), Stream.of("charts.js", charts))
            .map(HtmlPage::resource)
            .toList(),
        json(data));
  }

  /** Writes the page to a file, whose directory is made where it is missing. */
  void write(Path file, String template, Object content) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    WholeFile.write(
        file,
        path -> {
          try (FileOutput output = new FileOutput(path)) {
            TEMPLATES.render(template, Map.of("page", this, "content", content), output);
          }
          return file;
        });
  }

  /** The policy, which names each script and the style sheet by its hash. */
  String policy() {
    return "default-src 'none'; img-src data:; script-src %s; style-src %s; base-uri 'none'; form-action 'none'"
        .formatted(
            scripts.stream().map(HtmlPage::hash).collect(Collectors.joining(" ")), hash(style));
  }

  /** That of the program; empty where it was not run from its jar. */
  static Optional<String> version() {
    return Optional.ofNullable(HtmlPage.class.getPackage().getImplementationVersion());
  }

  /** Of the chart library. */
  String licence() {
    return resource("licence.txt");
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-%s'".formatted(Base64.getEncoder().encodeToString(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** JSON without the characters that mean something in HTML. */
  static String json(Object data) {
    try {
      return JSON.writeValueAsString(data)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a resource. */
  static String resource(String name) {
    try (InputStream resource = HtmlPage.class.getResourceAsStream(name)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name, e);
    }
  }
}
