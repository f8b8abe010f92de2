package org.xfernas.search.space;

/** A text that is no architecture of the space: says at which position and what was expected. */
public final class ArchitectureFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int position;

  /**
   * @param text the whole text
   * @param position zero-based index of the first character that does not fit
   * @param expected what could have stood there
   */
  public ArchitectureFormatException(String text, int position, String expected) {
    super(
        "Cannot read architecture: expected %s at position %d of \"%s\""
            .formatted(expected, position, text));
    this.position = position;
  }

  /** Zero-based index of the first character that does not fit. */
  public int position() {
    return position;
  }
}
