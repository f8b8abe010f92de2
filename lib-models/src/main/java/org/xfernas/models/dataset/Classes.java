package org.xfernas.models.dataset;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A choice of classes, renumbered from 0 in ascending order of their labels. */
final class Classes {
  private static final int ABSENT = -1;

  private final int[] renumbered;

  Classes(DataSettings settings) {
    renumbered = new int[settings.format().classes()];
    if (settings.classes().isEmpty()) {
      Arrays.setAll(renumbered, label -> label);
    } else {
      Arrays.fill(renumbered, ABSENT);
      for (int i = 0; i < settings.classes().size(); i++) {
        renumbered[settings.classes().get(i)] = i;
      }
    }
  }

  /** Positions of the images of these classes, ascending. */
  int[] members(LabelledImages images) {
    return IntStream.range(0, images.count())
        .filter(image -> renumbered[images.label(image)] != ABSENT)
        .toArray();
  }

  /** The chosen images, all of these classes, with their new labels. */
  LabelledImages select(LabelledImages images, int[] chosen) {
    return images.select(chosen, label -> renumbered[label]);
  }
}
