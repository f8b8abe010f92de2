package org.xfernas.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;
import org.xfernas.models.dataset.DataSettings;
import org.xfernas.models.network.NetworkSettings;
import org.xfernas.models.training.TrainingProtocol;

class TrialSettingsTest {

  record Sections(
      DataSettings data, NetworkSettings network, TrialSettings trial, WorkerSettings worker) {}

  @Test
  void theDefaultsAreComplete() {
    Sections sections = read("");
    assertThat(sections.trial().protocol()).isEqualTo(TrainingProtocol.SEARCH);
    assertThat(sections.trial().training()).isEqualTo(TrialSettings.Training.WORKER);
    assertThat(sections.worker().memory()).isEqualTo(4L << 30);
    assertThat(sections.data().split()).isEqualTo(DataSettings.Split.DEFAULT);
  }

  @Test
  void whatNoTrialCouldRunWithIsRefused() {
    assertThatThrownBy(() -> read("xfernas.trial { deadline = 0s, fidelity.epochs = 0 }"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.trial.fidelity: epochs must be at least 1 (epochs=0)");
    assertThatThrownBy(() -> read("xfernas.trial.deadline = 0s"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("xfernas.trial.deadline = \"0s\"")
        .hasMessageEndingWith("leaves no time to train; set it to more than 0");
  }

  @Test
  void whatNoWorkerCouldRunWithIsRefused() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    xfernas.worker {
                      heap = 1m, off-heap = much, resident-limit = 9g, threads = -1, start-limit = 0s
                    }
                    """))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("heap = \"1m\"")
        .hasMessageContaining("set it to 64m or more")
        .hasMessageContaining("off-heap = \"much\"")
        .hasMessageContaining("must be a size such as 512m or 2g")
        .hasMessageContaining("resident-limit = \"9g\"")
        .hasMessageContaining("threads = -1")
        .hasMessageContaining("start-limit = \"0s\"");
  }

  private static Sections read(String settings) {
    return Settings.read(
        ConfigFactory.parseString(settings)
            .withFallback(ConfigFactory.defaultReference())
            .resolve(),
        Sections.class);
  }
}
