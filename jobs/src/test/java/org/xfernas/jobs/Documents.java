package org.xfernas.jobs;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's documents. */
final class Documents {

  /** In the order in which a newcomer reads them, and in which their commands are typed. */
  static final List<Path> ALL =
      Stream.of(
              "README.md",
              "conf/README.md",
              "data/README.md",
              "notebooks/README.md",
              "lib-search/README.md",
              "lib-models/README.md")
          .map(Script.ROOT::resolve)
          .toList();

  private Documents() {}
}
