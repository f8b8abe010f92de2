package org.xfernas.models.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.xfernas.models.dataset.DataFiles;
import org.xfernas.models.dataset.DataFormat;
import org.xfernas.models.dataset.DataSettings;
import org.xfernas.models.dataset.ImageTask;
import org.xfernas.search.Seed;

class BatchesTest {
  @TempDir Path dir;
  private ImageTask task;

  @BeforeEach
  void load() throws Exception {
    DataFiles.writeIdx(dir, 40, 10);
    task = ImageTask.load(DataSettings.of(DataFormat.IDX, dir), new Seed(1));
  }

  @Test
  void aBatchIsNhwcWithOneHotLabels() {
    DataSet batch = new Batches(task, Augmentation.NONE).training(new int[] {5, 2}, new Seed(1));
    assertThat(batch.getFeatures().shape()).containsExactly(2, 8, 8, 1);
    assertThat(batch.getLabels().shape()).containsExactly(2, 10);
    assertThat(batch.getLabels().sumNumber().doubleValue()).isEqualTo(2);
    assertThat(batch.getLabels().getDouble(0, task.training().label(5))).isEqualTo(1);
    assertThat(batch.getLabels().getDouble(1, task.training().label(2))).isEqualTo(1);
    int pixel = Byte.toUnsignedInt(task.training().pixels()[2 * 64 + 3 * 8 + 1]);
    double mean = task.description().standardisation().means().get(0);
    double deviation = task.description().standardisation().standardDeviations().get(0);
    assertThat(batch.getFeatures().getFloat(1, 3, 1, 0))
        .isEqualTo((float) ((pixel - mean) / deviation));
  }

  @Test
  void anImageIsVariedAlikeInAnyBatch() {
    Batches batches = new Batches(task, Augmentation.CROP_FLIP);
    INDArray together = batches.training(new int[] {5, 2, 7}, new Seed(1)).getFeatures();
    INDArray alone = batches.training(new int[] {7}, new Seed(1)).getFeatures();
    assertThat(together.get(NDArrayIndex.interval(2, 3))).isEqualTo(alone);
  }

  @Test
  void anImageIsVariedBySeed() {
    Batches batches = new Batches(task, Augmentation.CROP_FLIP);
    int[] images = {0, 1, 2, 3, 4, 5, 6, 7};
    assertThat(batches.training(images, new Seed(1)).getFeatures())
        .isEqualTo(batches.training(images, new Seed(1)).getFeatures())
        .isNotEqualTo(batches.training(images, new Seed(2)).getFeatures());
  }

  @Test
  void evaluationFillsTheLastBatchUp() {
    Batches batches = new Batches(task, Augmentation.CROP_FLIP);
    INDArray last = batches.evaluation(task.test(), 8, 4);
    assertThat(last.shape()).containsExactly(4, 8, 8, 1);
    INDArray lastImage = batches.evaluation(task.test(), 9, 1);
    for (int i = 1; i < 4; i++) {
      assertThat(last.get(NDArrayIndex.interval(i, i + 1))).isEqualTo(lastImage);
    }
  }
}
