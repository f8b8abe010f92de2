package org.xfernas.models.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.models.dataset.DataFiles;
import org.xfernas.models.dataset.DataFormat;
import org.xfernas.models.dataset.DataSettings;
import org.xfernas.models.dataset.ImageTask;
import org.xfernas.models.dataset.LabelledImages;
import org.xfernas.models.dataset.Standardisation;
import org.xfernas.models.network.ImageShape;
import org.xfernas.search.Seed;

class AugmenterTest {
  private static final int SIDE = DataFiles.SIDE;
  private static final int SIZE = SIDE * SIDE;
  private static final Standardisation HALVED = new Standardisation(List.of(10.0), List.of(2.0));

  @TempDir Path dir;
  private LabelledImages images;

  @BeforeEach
  void load() throws Exception {
    DataFiles.writeIdx(dir, 20, 10);
    images = ImageTask.load(DataSettings.of(DataFormat.IDX, dir), new Seed(1)).training();
  }

  @Test
  void standardisesEveryPixel() {
    float[] target = new float[SIZE + 3];
    augmenter(Augmentation.CROP_FLIP).plain(images, 4, target, 3);
    for (int i = 0; i < SIZE; i++) {
      assertThat(target[3 + i]).isEqualTo((pixel(4, i / SIDE, i % SIDE) - 10) / 2f);
    }
    assertThat(target).startsWith(0, 0, 0);
  }

  @Test
  void withoutAugmentationNothingIsVaried() {
    float[] target = new float[SIZE];
    augmenter(Augmentation.NONE).varied(images, 4, new Seed(9), target, 0);
    assertThat(target).isEqualTo(plain(4));
  }

  /** 8 pixels a side are padded by 1: nine crops, each with its mirror image. */
  @Test
  void variedImagesAreTheCropsAndTheirMirrorImages() {
    assertThat(variants(Augmentation.CROP)).isEqualTo(crops(false));
    Set<List<Float>> mirroredToo = crops(false);
    mirroredToo.addAll(crops(true));
    assertThat(mirroredToo).hasSize(18);
    assertThat(variants(Augmentation.CROP_FLIP)).isEqualTo(mirroredToo);
  }

  @Test
  void paddingIsAnEighthOfTheSide() {
    assertThat(Augmentation.CROP.padding(32)).isEqualTo(4);
    assertThat(Augmentation.CROP.padding(28)).isEqualTo(4);
    assertThat(Augmentation.CROP.padding(8)).isEqualTo(1);
    assertThat(Augmentation.NONE.padding(32)).isZero();
  }

  private Set<List<Float>> variants(Augmentation augmentation) {
    Set<List<Float>> seen = new HashSet<>();
    for (int seed = 0; seed < 500; seed++) {
      float[] target = new float[SIZE];
      augmenter(augmentation).varied(images, 4, new Seed(seed), target, 0);
      seen.add(boxed(target));
    }
    return seen;
  }

  private Set<List<Float>> crops(boolean mirrored) {
    Set<List<Float>> crops = new HashSet<>();
    for (int down = -1; down <= 1; down++) {
      for (int right = -1; right <= 1; right++) {
        float[] crop = new float[SIZE];
        for (int row = 0; row < SIDE; row++) {
          for (int column = 0; column < SIDE; column++) {
            int target = row * SIDE + (mirrored ? SIDE - 1 - column : column);
            crop[target] = (pixel(4, row + down, column + right) - 10) / 2f;
          }
        }
        crops.add(boxed(crop));
      }
    }
    return crops;
  }

  /** Black outside of the image. */
  private int pixel(int image, int row, int column) {
    boolean inside = row >= 0 && row < SIDE && column >= 0 && column < SIDE;
    return inside ? Byte.toUnsignedInt(images.pixels()[(image * SIDE + row) * SIDE + column]) : 0;
  }

  private float[] plain(int image) {
    float[] target = new float[SIZE];
    augmenter(Augmentation.NONE).plain(images, image, target, 0);
    return target;
  }

  private static Augmenter augmenter(Augmentation augmentation) {
    return new Augmenter(new ImageShape(SIDE, SIDE, 1), augmentation, HALVED);
  }

  private static List<Float> boxed(float[] values) {
    Float[] boxed = new Float[values.length];
    Arrays.setAll(boxed, i -> values[i]);
    return List.of(boxed);
  }
}
