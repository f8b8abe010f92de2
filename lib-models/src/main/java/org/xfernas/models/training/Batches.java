package org.xfernas.models.training;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.xfernas.models.dataset.ImageTask;
import org.xfernas.models.dataset.LabelledImages;
import org.xfernas.search.Seed;

/**
 * Makes batches for a network: features NHWC, labels one-hot. A varied image depends on the seed
 * and its position in the training images alone, in whatever batch it comes.
 */
public final class Batches {
  private final ImageTask task;
  private final Augmenter augmenter;
  private final int size;

  /** Batches of a task's images. */
  public Batches(ImageTask task, Augmentation augmentation) {
    this.task = task;
    this.augmenter =
        new Augmenter(task.shape(), augmentation, task.description().standardisation());
    this.size = task.shape().size();
  }

  /** A batch of varied training images. */
  public DataSet training(int[] images, Seed seed) {
    float[] features = new float[images.length * size];
    float[] labels = new float[images.length * task.classes()];
    for (int i = 0; i < images.length; i++) {
      augmenter.varied(task.training(), images[i], seed.child(images[i]), features, i * size);
      labels[i * task.classes() + task.training().label(images[i])] = 1;
    }
    return new DataSet(
        array(features, images.length), Nd4j.create(labels, images.length, task.classes()));
  }

  /**
   * Features of consecutive images as they are. A batch that runs over the end is filled up with
   * the last image, so that a network sees batches of one size only.
   */
  INDArray evaluation(LabelledImages images, int first, int batchSize) {
    float[] features = new float[batchSize * size];
    for (int i = 0; i < batchSize; i++) {
      augmenter.plain(images, Math.min(first + i, images.count() - 1), features, i * size);
    }
    return array(features, batchSize);
  }

  private INDArray array(float[] features, int batch) {
    return Nd4j.create(
        features,
        new long[] {batch, task.shape().height(), task.shape().width(), task.shape().channels()},
        'c');
  }
}
