package org.xfernas.models.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfernas.models.dataset.DataSettings.Split;

class DataSettingsTest {

  @Test
  void formatsHaveTheNamesOfTheConfiguration() {
    assertThat(DataFormat.values())
        .extracting(DataFormat::toString)
        .containsExactly("idx", "cifar-10", "cifar-100", "digits-csv");
  }

  @Test
  void classesAreSorted() {
    assertThat(withClasses(7, 1, 3).classes()).containsExactly(1, 3, 7);
    assertThat(withClasses(7, 1, 3).classCount()).isEqualTo(3);
    assertThat(withClasses().classCount()).isEqualTo(10);
  }

  @Test
  void classesThatMakeNoTaskAreRefused() {
    assertThatThrownBy(() -> withClasses(3))
        .hasMessageContaining("classes must be at least two different labels")
        .hasMessageContaining("(classes=[3])");
    assertThatThrownBy(() -> withClasses(3, 4, 3)).hasMessageContaining("(classes=[3, 4, 3])");
    assertThatThrownBy(() -> withClasses(0, 10))
        .hasMessage("classes must be labels of the format idx, 0 to 9 (class=10)");
    assertThatThrownBy(() -> withClasses(-1, 2)).hasMessageContaining("(class=-1)");
  }

  @Test
  void splitsThatLeaveNothingAreRefused() {
    assertThatThrownBy(() -> new Split(0, 0, 0, 0))
        .hasMessage("validation-fraction must be in (0, 1) (validation-fraction=0.0)");
    assertThatThrownBy(() -> new Split(1, 0, 0, 0)).hasMessageContaining("=1.0)");
    assertThatThrownBy(() -> new Split(Double.NaN, 0, 0, 0)).hasMessageContaining("=NaN)");
    assertThatThrownBy(() -> new Split(0.1, 0, 0, -5))
        .hasMessage("test-limit must be a number of images, or 0 for all (test-limit=-5)");
  }

  private static DataSettings withClasses(Integer... classes) {
    return new DataSettings(DataFormat.IDX, Path.of("data"), List.of(classes), Split.DEFAULT);
  }
}
