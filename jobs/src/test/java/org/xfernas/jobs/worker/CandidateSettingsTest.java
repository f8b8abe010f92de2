package org.xfernas.jobs.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfernas.models.dataset.DataFormat;
import org.xfernas.models.dataset.DataSettings;
import org.xfernas.models.dataset.DataSettings.Split;
import org.xfernas.models.network.NetworkSettings;
import org.xfernas.models.training.TrainingProtocol;
import org.xfernas.search.trial.Fidelity;

class CandidateSettingsTest {

  /** The worker's working directory is another one than the driver's. */
  @Test
  void theDirectoryOfTheDataIsSentAsAnAbsolutePath() {
    CandidateSettings settings = settings(Path.of("data", "images"));
    assertThat(WorkerProtocol.read(WorkerProtocol.write(settings), CandidateSettings.class))
        .isEqualTo(settings(Path.of("data", "images").toAbsolutePath()));
  }

  private static CandidateSettings settings(Path directory) {
    return new CandidateSettings(
        new DataSettings(DataFormat.CIFAR_10, directory, List.of(1, 7), new Split(0.2, 3, 2, 1)),
        new NetworkSettings(8, 1),
        TrainingProtocol.SEARCH,
        new Fidelity(2, 0.5));
  }
}
