package org.xfernas.jobs.worker;

import org.xfernas.models.dataset.DataSettings;
import org.xfernas.models.dataset.ImageTask;
import org.xfernas.models.network.NetworkSettings;
import org.xfernas.models.training.TrainingProtocol;
import org.xfernas.models.training.TrainingRequest;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.trial.Fidelity;

/**
 * What the training of all candidates of a search has in common; the settings of {@link
 * CandidateTrialTrainer}, as JSON.
 *
 * @param data the images
 * @param network how many cells and how wide
 * @param protocol how a candidate is trained
 * @param fidelity how much
 */
public record CandidateSettings(
    DataSettings data, NetworkSettings network, TrainingProtocol protocol, Fidelity fidelity) {

  /** The split is a part of the task: the same under every seed of a search. */
  private static final Seed SPLIT = new Seed(0).child("split");

  /** The images, read and split. */
  public ImageTask load() {
    return ImageTask.load(data, SPLIT);
  }

  /** The training of one candidate. */
  public TrainingRequest training(Architecture architecture, long seed) {
    return new TrainingRequest(architecture, network, protocol, fidelity, seed);
  }
}
