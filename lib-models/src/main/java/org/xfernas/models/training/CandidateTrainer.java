package org.xfernas.models.training;

import java.util.Objects;
import org.xfernas.models.dataset.ImageTask;
import org.xfernas.search.trial.Fidelity;

/** Trains candidates on one task, one at a time. */
public final class CandidateTrainer {
  private final ImageTask data;

  /**
   * @param data the task, shared by all candidates
   */
  public CandidateTrainer(ImageTask data) {
    this.data = Objects.requireNonNull(data, "data");
  }

  /**
   * Refuses a batch larger than the training data.
   *
   * @throws IllegalArgumentException with the largest batch that there can be
   */
  public void requireBatchFits(TrainingProtocol protocol, Fidelity fidelity) {
    int images = data.trainingImages(fidelity.dataFraction());
    if (protocol.batchSize() > images) {
      throw new IllegalArgumentException(
          ("Cannot train: the batch is larger than the training data (batch-size=%d, images=%d,"
                  + " data-fraction=%s); set batch-size to at most %d, or use more data")
              .formatted(protocol.batchSize(), images, fidelity.dataFraction(), images));
    }
  }

  /**
   * Trains a candidate and measures it.
   *
   * @param request the candidate
   * @param listener hears of every epoch
   * @return scores and curve, or why it failed; a candidate's failure is no exception
   * @throws IllegalArgumentException where the batch is larger than the training data
   */
  public TrainingReport train(TrainingRequest request, EpochListener listener) {
    requireBatchFits(request.protocol(), request.fidelity());
    throw new UnsupportedOperationException("written with the candidate network");
  }
}
