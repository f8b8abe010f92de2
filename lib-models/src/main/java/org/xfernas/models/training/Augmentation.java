package org.xfernas.models.training;

/** How training images are varied. Which of them leave the class as it is depends on the data. */
public enum Augmentation {
  /** As they are. */
  NONE(false, false),
  /** Padded by an eighth of the side with black (4 of 32), then cropped at random. */
  CROP(true, false),
  /** Cropped, and mirrored left to right half of the time: not for digits. */
  CROP_FLIP(true, true);

  private final boolean crop;
  private final boolean flip;

  Augmentation(boolean crop, boolean flip) {
    this.crop = crop;
    this.flip = flip;
  }

  /** Pixels of padding of a side. */
  int padding(int side) {
    return crop ? Math.max(1, Math.round(side / 8f)) : 0;
  }

  boolean flip() {
    return flip;
  }
}
