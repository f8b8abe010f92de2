package org.xfernas.jobs.ablation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import java.util.List;
import java.util.OptionalLong;
import org.xfernas.jobs.config.Settings;
import org.xfernas.search.Seed;

/** Names sweeps: by everything in the configuration that their results depend on. */
final class SweepId {
  /** Settings that sweeps of older names do not have. */
  private static final List<String> LATER =
      List.of(
          "ablation.grid.source-tasks",
          "ablation.grid.relatedness",
          "ablation.grid.adversarial",
          "ablation.grid.network",
          Settings.NETWORK);

  private SweepId() {}

  /**
   * The name of the sweep of a job's configuration.
   *
   * @param snapshot version of the table of trials; empty where the table is a file
   */
  static String of(Config effective, OptionalLong snapshot) {
    Config all = Settings.withoutDefaults(effective.getConfig(Settings.ROOT), LATER);
    Config relevant =
        all.withOnlyPath("ablation")
            .withoutPath("ablation.output")
            .withoutPath("ablation.restart")
            .withoutPath("ablation.table.snapshot")
            .withFallback(all.withOnlyPath("search.optimizer"));
    String text = relevant.root().render(ConfigRenderOptions.concise());
    if (snapshot.isPresent()) {
      text += " snapshot " + snapshot.getAsLong();
    }
    return "sweep-%08x".formatted((int) (new Seed(0).child(text).value() >>> Integer.SIZE));
  }
}
