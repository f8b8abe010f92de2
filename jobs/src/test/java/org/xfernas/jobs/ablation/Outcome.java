package org.xfernas.jobs.ablation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;

/** What a run of the job gave and said, with the rows of its ablation.csv or prediction.csv. */
record Outcome(JobResult result, String out, String err, List<CSVRecord> rows) {
  static final String SECONDS = "optimizer_seconds";

  /** Runs the job in this process. */
  static Outcome of(Config config, String master) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    JobContext context =
        new JobContext(
            List.of(),
            config,
            Optional.of(master),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Clock.systemUTC());
    JobResult result = new AblationJob().run(context);
    return new Outcome(
        result,
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8),
        csv(
            result
                .summary()
                .resolveSibling(
                    config.getString("xfernas.ablation.kind").equals("prediction")
                        ? "prediction.csv"
                        : "ablation.csv")));
  }

  /** The page that the summary names. */
  Path report() throws IOException {
    return Path.of(new ObjectMapper().readTree(result.summary().toFile()).get("report").asText());
  }

  static List<CSVRecord> csv(Path file) throws IOException {
    try (CSVParser parser =
        CSVParser.parse(
            file,
            StandardCharsets.UTF_8,
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).build())) {
      return parser.getRecords();
    }
  }

  /** The rows without what depends on the machine. */
  List<Map<String, String>> untimed() {
    List<Map<String, String>> untimed = rows.stream().map(CSVRecord::toMap).toList();
    untimed.forEach(row -> row.keySet().removeAll(List.of(SECONDS, "fit_seconds")));
    return untimed;
  }
}
