package org.xfernas.jobs.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xfernas.jobs.exchange.Manifest.Claim;
import org.xfernas.jobs.exchange.Manifest.Fidelity;

/**
 * What the rows of a file say of space, protocol and fidelity, each with the first row that says
 * it, to be held against the file's manifest.
 */
final class RowFacts {
  private final Map<String, Long> spaces = new LinkedHashMap<>();
  private final Map<String, Long> protocols = new LinkedHashMap<>();
  private final Map<Fidelity, Long> fidelities = new LinkedHashMap<>();

  /**
   * Notes a row.
   *
   * @param place its line or number
   * @param values by column
   */
  void add(long place, Map<String, Object> values) {
    spaces.putIfAbsent((String) values.get("space"), place);
    if (values.get("protocol") instanceof String protocol) {
      protocols.putIfAbsent(protocol, place);
    }
    if (values.get("epochs") instanceof Integer epochs) {
      fidelities.putIfAbsent(new Fidelity(epochs, (Double) values.get("data_fraction")), place);
    }
  }

  /**
   * Where the rows and the manifest say different things; what it leaves out is not compared.
   *
   * @param unit what a place is, line or row
   */
  List<String> contradictions(Claim claim, Path file, String unit) {
    List<String> problems = new ArrayList<>();
    compare("space", spaces, "spaces", claim.spaces(), file, unit, problems);
    compare("protocol", protocols, "protocols", claim.protocols(), file, unit, problems);
    compare("epochs", fidelities, "fidelities", claim.fidelities(), file, unit, problems);
    return problems;
  }

  private static void compare(
      String column,
      Map<?, Long> told,
      String key,
      List<?> claimed,
      Path file,
      String unit,
      List<String> problems) {
    if (claimed == null) {
      return;
    }
    Map<JsonNode, Long> rows = new HashMap<>();
    Set<JsonNode> manifest = new LinkedHashSet<>();
    claimed.forEach(one -> manifest.add(Manifest.meaning(one)));
    told.forEach(
        (one, place) -> {
          JsonNode meaning = Manifest.meaning(one);
          if (rows.putIfAbsent(meaning, place) == null && !manifest.contains(meaning)) {
            problems.add(
                "Cannot import: %s is not among the %s of the manifest; correct the rows or the manifest, whichever is wrong (FILE=%s, %s=%d, column=%s, manifest=%s)"
                    .formatted(meaning, key, file, unit, place, column, Manifest.path(file)));
          }
        });
    manifest.removeAll(rows.keySet());
    for (JsonNode missing : manifest) {
      problems.add(
          "Cannot import: %s is among the %s of the manifest, and no row has it; correct the rows or the manifest, whichever is wrong (FILE=%s, column=%s, manifest=%s)"
              .formatted(missing, key, file, column, Manifest.path(file)));
    }
  }
}
