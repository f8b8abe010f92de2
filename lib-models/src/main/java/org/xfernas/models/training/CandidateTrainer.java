package org.xfernas.models.training;

import java.time.InstantSource;
import java.util.Objects;
import org.xfernas.models.dataset.ImageTask;
import org.xfernas.models.dataset.TaskDescription;
import org.xfernas.search.trial.Fidelity;

/**
 * Trains candidates on one task, one at a time. Equal requests give equal scores on one thread of
 * the same machine.
 */
public final class CandidateTrainer {
  private final ImageTask data;
  private final InstantSource clock;

  /**
   * @param data the task, shared by all candidates
   * @param clock that times them
   */
  public CandidateTrainer(ImageTask data, InstantSource clock) {
    this.data = Objects.requireNonNull(data, "data");
    this.clock = clock;
  }

  /**
   * Refuses a batch larger than the training data.
   *
   * @throws IllegalArgumentException with the largest batch that there can be
   */
  public static void requireBatchFits(
      TaskDescription data, TrainingProtocol protocol, Fidelity fidelity) {
    int images = data.trainingImages(fidelity.dataFraction());
    if (protocol.batchSize() > images) {
      throw new IllegalArgumentException(
          ("Cannot train: the batch is larger than the training data (batch-size=%d, images=%d,"
                  + " data-fraction=%s); set batch-size to at most %d, or use more data")
              .formatted(protocol.batchSize(), images, fidelity.dataFraction(), images));
    }
  }

  /**
   * Trains a candidate and measures it: validation accuracy after every epoch, test accuracy at the
   * end, for the report alone.
   *
   * @param request the candidate
   * @param listener hears of every epoch
   * @return scores and curve, or why it failed: a loss that is no number, an architecture that
   *     cannot be built, a lack of memory
   * @throws IllegalArgumentException where the batch is larger than the training data
   */
  public TrainingReport train(TrainingRequest request, EpochListener listener) {
    TrainingProtocol protocol = request.protocol();
    Batches batches = new Batches(data, protocol.augmentation());
    return train(request, new LocalPass(batches, protocol.batchSize()), listener);
  }

  /** The same, with passes over the training images that are computed elsewhere. */
  public TrainingReport train(TrainingRequest request, TrainingPass pass, EpochListener listener) {
    requireBatchFits(data.description(), request.protocol(), request.fidelity());
    return new Training(data, clock, request, pass, listener).run();
  }
}
