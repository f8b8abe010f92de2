package org.xfernas.jobs.worker;

import java.time.InstantSource;
import java.util.Map;
import org.nd4j.linalg.factory.Nd4j;
import org.xfernas.models.training.CandidateTrainer;
import org.xfernas.models.training.EpochListener;
import org.xfernas.models.training.TrainingReport;

/** Trains the candidate's network on images, which it keeps for the next trial. */
public final class CandidateTrialTrainer implements TrialTrainer {
  private final InstantSource clock;
  private String settingsText = "";
  private CandidateSettings settings;
  private CandidateTrainer trainer;

  /** A trainer without images, until it is asked for a training. */
  public CandidateTrialTrainer(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Map<String, String> versions() {
    return Map.of(
        "java", Runtime.version().toString(),
        "nd4j", Nd4j.getBackend().getClass().getSimpleName());
  }

  @Override
  public void prepare(String text) {
    if (!text.equals(settingsText)) {
      settings = WorkerProtocol.read(text, CandidateSettings.class);
      trainer = new CandidateTrainer(settings.load(), clock);
      settingsText = text;
    }
  }

  @Override
  public TrainingReport train(TrialRequest request, EpochListener epochs) {
    return trainer.train(settings.training(request.architecture(), request.seed()), epochs);
  }
}
