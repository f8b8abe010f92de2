package org.xfernas.jobs.source;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.xfernas.jobs.table.KnowledgeUnit;
import org.xfernas.search.Seed;
import org.xfernas.search.trial.Fidelity;

/** Names knowledge units by their tasks, with as much more as tells them apart. */
final class UnitNames {
  private static final List<Function<KnowledgeUnit, Optional<String>>> DETAILS =
      List.of(
          unit -> unit.fidelity().map(UnitNames::text),
          unit -> Optional.of(unit.objective().metric()),
          unit -> Optional.of(hash(unit)));

  private UnitNames() {}

  /** One name for each of the units, all different where the units are. */
  static List<String> of(List<KnowledgeUnit> units) {
    List<String> names = new ArrayList<>(units.stream().map(KnowledgeUnit::task).toList());
    for (Function<KnowledgeUnit, Optional<String>> detail : DETAILS) {
      Map<String, Long> taken = names.stream().collect(groupingBy(name -> name, counting()));
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        if (taken.get(name) > 1) {
          names.set(i, detail.apply(units.get(i)).map(more -> name + " " + more).orElse(name));
        }
      }
    }
    return names;
  }

  private static String text(Fidelity fidelity) {
    String epochs = "%d epochs".formatted(fidelity.epochs());
    return fidelity.dataFraction() == 1
        ? epochs
        : String.format(
            Locale.ROOT, "%s of %.3g %% of the data", epochs, 100 * fidelity.dataFraction());
  }

  private static String hash(KnowledgeUnit unit) {
    return "%08x".formatted((int) new Seed(0).child(unit.key()).value());
  }
}
