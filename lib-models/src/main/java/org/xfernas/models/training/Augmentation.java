package org.xfernas.models.training;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How training images are varied. Which of them leave the class as it is depends on the data. */
public enum Augmentation {
  /** As they are. */
  NONE("none", false, false),
  /** Padded by an eighth of the side with black (4 of 32), then cropped at random. */
  CROP("crop", true, false),
  /** Cropped, and mirrored left to right half of the time: not for digits. */
  CROP_FLIP("crop-flip", true, true);

  private final String text;
  private final boolean crop;
  private final boolean flip;

  Augmentation(String text, boolean crop, boolean flip) {
    this.text = text;
    this.crop = crop;
    this.flip = flip;
  }

  /**
   * The augmentation of a name as written in a configuration.
   *
   * @throws IllegalArgumentException naming those that there are
   */
  public static Augmentation of(String text) {
    return Arrays.stream(values())
        .filter(augmentation -> augmentation.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot augment this way: use one of %s (augmentation=%s)"
                        .formatted(
                            Arrays.stream(values())
                                .map(Augmentation::toString)
                                .collect(Collectors.joining(", ")),
                            text)));
  }

  /** Pixels of padding of a side. */
  int padding(int side) {
    return crop ? Math.max(1, Math.round(side / 8f)) : 0;
  }

  boolean flip() {
    return flip;
  }

  /** The name as written in a configuration. */
  @Override
  public String toString() {
    return text;
  }
}
