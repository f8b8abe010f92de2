package org.xfernas.models.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.xfernas.models.network.ImageShape;

/**
 * UCI's optical recognition of handwritten digits: one line per image, 64 values from 0 to 16 by
 * row, then the label.
 */
final class DigitsCsvReader implements OfficialReader {
  private static final ImageShape SHAPE = new ImageShape(8, 8, 1);
  private static final int BRIGHTEST = 16;
  private static final int CLASSES = 10;
  private static final String REFETCH = "fetch the official file again";

  @Override
  public Parts read(Path dir) throws IOException {
    return new Parts(part(dir.resolve("optdigits.tra")), part(dir.resolve("optdigits.tes")));
  }

  private static LabelledImages part(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw DataFileException.missing(
          file, "set xfernas.data.dir to the directory of UCI's optdigits files");
    }
    // Any bytes are characters in Latin-1, so that what is no text is refused with its place.
    List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    byte[] pixels = new byte[lines.size() * SHAPE.size()];
    int[] labels = new int[lines.size()];
    for (int image = 0; image < lines.size(); image++) {
      String line = "line " + (image + 1);
      String[] values = lines.get(image).split(",", -1);
      if (values.length != SHAPE.size() + 1) {
        throw DataFileException.at(
            file,
            line,
            "64 values and a label",
            values.length + (values.length == 1 ? " value" : " values"),
            "the file may be truncated there, " + REFETCH);
      }
      for (int i = 0; i < SHAPE.size(); i++) {
        int value = number(file, line + " value " + (i + 1), values[i]);
        if (value > BRIGHTEST) {
          throw DataFileException.at(
              file, line + " value " + (i + 1), "0 to " + BRIGHTEST, values[i], REFETCH);
        }
        pixels[image * SHAPE.size() + i] = (byte) value;
      }
      String at = line + " value " + values.length;
      labels[image] = number(file, at, values[SHAPE.size()]);
      if (labels[image] >= CLASSES) {
        throw DataFileException.label(file, at, CLASSES, labels[image]);
      }
    }
    return new LabelledImages(SHAPE, pixels, labels);
  }

  private static int number(Path file, String position, String text) {
    try {
      return Integer.parseUnsignedInt(text.strip());
    } catch (NumberFormatException e) {
      throw DataFileException.at(file, position, "a whole number", "\"" + text + "\"", REFETCH);
    }
  }
}
