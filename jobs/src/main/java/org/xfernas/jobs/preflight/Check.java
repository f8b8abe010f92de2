package org.xfernas.jobs.preflight;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of looking at one thing.
 *
 * @param name of the thing
 * @param outcome whether a job can run with it
 * @param finding what was seen
 * @param mend what to change, where something should be
 */
record Check(String name, Outcome outcome, String finding, Optional<String> mend) {

  /** Whether a job can run. */
  enum Outcome {
    /** Nothing is wrong. */
    OK,
    /** A job runs, perhaps worse than it could. */
    WARN,
    /** A job would fail. */
    FAIL,
    /** A job would fail for want of hardware. */
    MISSING;

    /** As printed and as written to the summary. */
    @Override
    @JsonValue
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Check ok(String name, String finding) {
    return new Check(name, Outcome.OK, finding, Optional.empty());
  }

  static Check warn(String name, String finding, String mend) {
    return new Check(name, Outcome.WARN, finding, Optional.of(mend));
  }

  static Check fail(String name, String finding, String mend) {
    return new Check(name, Outcome.FAIL, finding, Optional.of(mend));
  }

  /** With the words of the failure's last cause. */
  static Check fail(String name, Throwable failure, String mend) {
    return fail(name, words(failure), mend);
  }

  /** With the words of a failure that says by itself what to mend. */
  static Check fail(String name, Throwable failure) {
    return new Check(name, Outcome.FAIL, words(failure), Optional.empty());
  }

  private static String words(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String words = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return words.lines().findFirst().orElse("");
  }

  static Check missing(String name, String finding, String mend) {
    return new Check(name, Outcome.MISSING, finding, Optional.of(mend));
  }

  /** One line for a person. */
  String line() {
    return "%-8s%-10s%s%s".formatted(outcome, name, finding, mend.map("; "::concat).orElse(""));
  }
}
