package org.xfernas.jobs.preflight;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import org.apache.spark.package$;

/** Whether the libraries are those that go together. */
final class VersionChecks {
  private static final String SPARK = "3.5";
  private static final String SCALA = "2.12";
  private static final int JAVA = 17;

  private VersionChecks() {}

  static List<Check> all() {
    return List.of(
        java(Runtime.version()),
        spark(package$.MODULE$.SPARK_VERSION()),
        scala(scala.util.Properties.versionNumberString()),
        Check.ok("dl4j", version("org.deeplearning4j", "deeplearning4j-nn")),
        Check.ok("nd4j", version("org.nd4j", "nd4j-api")));
  }

  static Check java(Runtime.Version version) {
    return version.feature() == JAVA
        ? Check.ok("java", version.toString())
        : Check.warn(
            "java",
            version.toString(),
            "Xfernas is tested with Java 17: set JAVA_HOME to a JDK 17");
  }

  static Check spark(String version) {
    return version.startsWith(SPARK + ".")
        ? Check.ok("spark", version)
        : Check.fail(
            "spark",
            version,
            "DL4J needs Spark 3.5: set SPARK_HOME to one, or unset it to use the one of the build");
  }

  static Check scala(String version) {
    return version.startsWith(SCALA + ".")
        ? Check.ok("scala", version)
        : Check.fail(
            "scala", version, "DL4J needs a Spark for Scala 2.12: take that build of Spark 3.5");
  }

  /** The version that Maven left in a library. */
  private static String version(String group, String artifact) {
    String path = "/META-INF/maven/%s/%s/pom.properties".formatted(group, artifact);
    try (InputStream file = VersionChecks.class.getResourceAsStream(path)) {
      Properties properties = new Properties();
      properties.load(file);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
  }
}
