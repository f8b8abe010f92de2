package org.xfernas.models.dataset;

import java.io.IOException;
import java.nio.file.Path;

/** Reads the official files of one format. */
interface OfficialReader {

  /**
   * Reads both official parts.
   *
   * @param dir that the files are in, under their official names
   * @throws DataFileException where a file is missing or is not what its name says
   */
  Parts read(Path dir) throws IOException;

  /** The official training part and the official test part. */
  record Parts(LabelledImages training, LabelledImages test) {}
}
