package org.xfernas.models.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.xfernas.models.dataset.OfficialReader.Parts;
import org.xfernas.models.dataset.TaskDescription.Origin;
import org.xfernas.search.Sha256;

/** SHA-256 of image data, independent of how the files were packed. */
final class Fingerprint {

  /** Of both official parts of Fashion-MNIST; other published sets are known by size alone. */
  private static final String FASHION_MNIST =
      "0698eff336c93ccb6140d0b4bc7958a7ea73c2781d12b8ff94590700142fdc7f";

  private Fingerprint() {}

  /** The fingerprint of images in the given parts, with their labels. */
  static String of(int classes, LabelledImages... parts) {
    MessageDigest digest = Sha256.digest();
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(classes).array());
    for (LabelledImages part : parts) {
      digest.update(part.shape().toString().getBytes(StandardCharsets.US_ASCII));
      ByteBuffer labels = ByteBuffer.allocate((part.count() + 1) * Integer.BYTES);
      labels.putInt(part.count());
      for (int image = 0; image < part.count(); image++) {
        labels.putInt(part.label(image));
      }
      digest.update(labels.array());
      digest.update(part.pixels());
    }
    return Sha256.hex(digest);
  }

  /** How sure it is that these are the official parts of a published data set. */
  static Origin origin(DataFormat format, Parts parts) {
    if (of(format.classes(), parts.training(), parts.test()).equals(FASHION_MNIST)) {
      return Origin.OFFICIAL;
    }
    return format.hasOfficialCounts(parts.training().count(), parts.test().count())
        ? Origin.OFFICIAL_SIZE
        : Origin.OTHER;
  }
}
