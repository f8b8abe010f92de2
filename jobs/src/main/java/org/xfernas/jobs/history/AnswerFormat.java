package org.xfernas.jobs.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.xfernas.jobs.WholeFile;

/** How the answer to a query is written. */
enum AnswerFormat {
  /** Columns side by side, for a person. */
  TABLE {
    @Override
    long write(Dataset<Row> answer, Appendable out) throws IOException {
      // Kept, so that the query runs once for its rows and their number.
      Dataset<Row> kept = answer.cache();
      int rows = Math.toIntExact(kept.count());
      out.append(kept.showString(rows, 0, false));
      return rows;
    }
  },

  /** RFC 4180, with a header; every value as Spark writes it as text, null as nothing. */
  CSV {
    @Override
    long write(Dataset<Row> answer, Appendable out) throws IOException {
      String[] names = answer.columns();
      String[] distinct =
          IntStream.range(0, names.length).mapToObj(i -> "c" + i).toArray(String[]::new);
      Column[] texts =
          Stream.of(distinct).map(name -> col(name).cast("string")).toArray(Column[]::new);
      CSVFormat format = CSVFormat.RFC4180.builder().setRecordSeparator("\n").build();
      Iterator<Row> rows = answer.toDF(distinct).select(texts).toLocalIterator();
      // Before the header, so that a query that fails at once answers nothing.
      boolean more = rows.hasNext();
      format.printRecord(out, (Object[]) names);
      long count = 0;
      while (more) {
        Row row = rows.next();
        List<Object> cells = new ArrayList<>();
        for (int column = 0; column < row.size(); column++) {
          cells.add(row.get(column));
        }
        format.printRecord(out, cells.toArray());
        count++;
        more = rows.hasNext();
      }
      return count;
    }
  },

  /** One object per line. */
  JSON {
    @Override
    long write(Dataset<Row> answer, Appendable out) throws IOException {
      Column object = to_json(struct(col("*")), Map.of("ignoreNullFields", "false"));
      Iterator<Row> rows = answer.select(object).toLocalIterator();
      long count = 0;
      while (rows.hasNext()) {
        out.append(rows.next().getString(0)).append('\n');
        count++;
      }
      return count;
    }
  },

  /** One file, which executors write: on a cluster its directory must be seen by all. */
  PARQUET {
    @Override
    long write(Dataset<Row> answer, Appendable out) {
      throw new UnsupportedOperationException("Parquet is written to files only");
    }

    @Override
    long write(Dataset<Row> answer, Path file) throws IOException {
      Path parts = file.resolveSibling(file.getFileName() + ".parts");
      String directory = parts.toAbsolutePath().toUri().toString();
      try {
        answer.coalesce(1).write().mode("overwrite").parquet(directory);
        try (Stream<Path> written = Files.list(parts)) {
          Path part =
              written
                  .filter(path -> path.toString().endsWith(".parquet"))
                  .findFirst()
                  .orElseThrow();
          Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
      } finally {
        FileUtil.fullyDelete(parts.toFile());
      }
      return answer.sparkSession().read().parquet(file.toAbsolutePath().toUri().toString()).count();
    }
  };

  /** What the user types. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Writes the rows and says how many there were. */
  abstract long write(Dataset<Row> answer, Appendable out) throws IOException;

  /** The same into a file, which is replaced where it is there, once all rows are known. */
  long write(Dataset<Row> answer, Path file) throws IOException {
    return WholeFile.write(
        file,
        path -> {
          try (var out = Files.newBufferedWriter(path)) {
            return write(answer, out);
          }
        });
  }
}
