package org.xfernas.jobs.table;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that may drive a search.
 *
 * @param host its machine
 * @param pid its id there
 * @param started when it started, which tells it from a later process with the same id
 */
record Owner(String host, long pid, String started) {
  private static final Pattern TEXT = Pattern.compile("process (\\d+) on (\\S+) since (\\S+)");

  /** This process. */
  static Owner current() {
    return of(localHost(), ProcessHandle.current());
  }

  private static Owner of(String host, ProcessHandle process) {
    return new Owner(
        host, process.pid(), process.info().startInstant().map(Instant::toString).orElse("?"));
  }

  /** Reads {@link #toString}; empty for another text. */
  static Optional<Owner> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Owner(matcher.group(2), Long.parseLong(matcher.group(1)), matcher.group(3)))
        : Optional.empty();
  }

  /** Whether it ran on this machine and has ended. */
  boolean isGone() {
    if (!host.equals(localHost())) {
      return false;
    }
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> of(host, process).equals(this))
        .isEmpty();
  }

  private static String localHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  @Override
  public String toString() {
    return "process %d on %s since %s".formatted(pid, host, started);
  }
}
