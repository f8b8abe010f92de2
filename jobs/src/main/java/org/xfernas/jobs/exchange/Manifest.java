package org.xfernas.jobs.exchange;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.WholeFile;

/**
 * What is told about a file of trials, in {@code FILE.manifest.json} beside it.
 *
 * @param file its name
 * @param sha256 of its bytes
 * @param rows trials in it
 * @param columns in their order
 * @param tasks named in it
 * @param spaces declarations of the spaces, as JSON
 * @param protocols of the trainings, as JSON; none where nothing was trained
 * @param fidelities with which candidates were trained
 * @param metrics that guided the searches
 * @param licence under which the owner gives it away; empty where nothing was said
 * @param imported files from which trials in it came
 * @param snapshot of the table {@code trials} that it was read from
 * @param xfernas version of the program; empty where it was not run from its jar
 */
record Manifest(
    String file,
    String sha256,
    long rows,
    List<String> columns,
    Set<String> tasks,
    Set<String> spaces,
    Set<String> protocols,
    Set<Fidelity> fidelities,
    Set<Metric> metrics,
    Optional<String> licence,
    List<Imported> imported,
    OptionalLong snapshot,
    Optional<String> xfernas) {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new Jdk8Module())
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /**
   * How much candidates were trained.
   *
   * @param epochs null where nothing was trained
   * @param dataFraction null where nothing was trained; all of them where only the epochs are told
   */
  record Fidelity(Integer epochs, Double dataFraction) {
    Fidelity {
      dataFraction = dataFraction == null && epochs != null ? Double.valueOf(1) : dataFraction;
    }
  }

  /**
   * What guided a search.
   *
   * @param metric its name
   * @param minimize whether lower is better
   */
  record Metric(String metric, boolean minimize) {}

  /**
   * A file that was imported before.
   *
   * @param file its name
   * @param sha256 of its bytes
   * @param licence that is known of it; empty where none is
   */
  record Imported(String file, String sha256, Optional<String> licence) {}

  /** Where the manifest of a file is. */
  static Path path(Path file) {
    return file.resolveSibling(file.getFileName() + ".manifest.json");
  }

  /** Writes it beside the file. */
  void write(Path path) throws IOException {
    WholeFile.write(path(path), JSON.writeValueAsString(this) + "\n");
  }

  /**
   * What a manifest says of its file that is looked at; null where it does not say. Spaces and
   * protocols may be texts or the JSON itself.
   */
  record Claim(
      String sha256,
      Long rows,
      @JsonAlias("license") String licence,
      List<JsonNode> spaces,
      List<JsonNode> protocols,
      List<Fidelity> fidelities) {
    static final Claim NONE = new Claim(null, null, null, null, null, null);
  }

  /** A fact as JSON, whose layout does not count; a text that is none stands for itself. */
  static JsonNode meaning(Object fact) {
    JsonNode node = JSON.valueToTree(fact);
    if (!node.isTextual()) {
      return node;
    }
    try {
      JsonNode meant = JSON.readTree(node.textValue());
      return meant.isContainerNode() ? meant : node;
    } catch (JsonProcessingException e) {
      return node;
    }
  }

  /**
   * Reads what is claimed of a file; empty where it has no manifest.
   *
   * @throws UsageException where the manifest cannot be read
   */
  static Optional<Claim> claim(Path file) throws IOException {
    Path path = path(file);
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(path.toFile(), Claim.class));
    } catch (JsonProcessingException e) {
      throw new UsageException(
          "Cannot import: the manifest is not JSON as it should be; mend it, or take it away (%s, manifest=%s)"
              .formatted(e.getOriginalMessage(), path));
    }
  }
}
