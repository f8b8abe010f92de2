package org.xfernas.jobs.preflight;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.xfernas.jobs.ExitCode;
import org.xfernas.jobs.preflight.Check.Outcome;
import org.xfernas.jobs.report.SummaryFile;

/** Tells of each check as it is done, and of all at the end. */
final class PreflightReport {
  private final PrintStream out;
  private final List<Check> checks = new ArrayList<>();

  PreflightReport(PrintStream out) {
    this.out = out;
  }

  void add(Check check) {
    checks.add(check);
    out.println(check.line());
  }

  /** Failed where anything would fail; else missing where hardware is; else done. */
  ExitCode exitCode() {
    if (has(Outcome.FAIL)) {
      return ExitCode.FAILED;
    }
    return has(Outcome.MISSING) ? ExitCode.HARDWARE_MISSING : ExitCode.DONE;
  }

  private boolean has(Outcome outcome) {
    return checks.stream().anyMatch(check -> check.outcome() == outcome);
  }

  /** Writes summary.json into the directory and returns its path. */
  Path write(Path directory) throws IOException {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("job", "preflight");
    summary.put("exit_code", exitCode().code());
    summary.put("checks", checks.stream().map(PreflightReport::row).toList());
    return SummaryFile.write(directory, summary);
  }

  private static Map<String, Object> row(Check check) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", check.name());
    row.put("outcome", check.outcome().name().toLowerCase(Locale.ROOT));
    row.put("finding", check.finding());
    row.put("mend", check.mend().orElse(null));
    return row;
  }
}
