package org.xfernas.jobs.table;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.apache.iceberg.data.Record;

/** Between the values of the search and those of a row, where null means unknown. */
final class Values {
  private Values() {}

  static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  static Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  static OffsetDateTime time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  static OptionalDouble optionalDouble(Record row, String column) {
    Double value = (Double) row.getField(column);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** What two numbers make, where the first is known. */
  static <T> Optional<T> pair(
      Record row, String first, String second, BiFunction<Double, Double, T> make) {
    return row.getField(first) == null
        ? Optional.empty()
        : Optional.of(make.apply(number(row, first), number(row, second)));
  }

  static OptionalLong optionalLong(Record row, String column) {
    Long value = (Long) row.getField(column);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  static Optional<String> optionalText(Record row, String column) {
    return Optional.ofNullable((String) row.getField(column));
  }

  static Instant instant(Record row, String column) {
    return ((OffsetDateTime) row.getField(column)).toInstant();
  }

  static String text(Record row, String column) {
    return (String) row.getField(column);
  }

  static int integer(Record row, String column) {
    return (Integer) row.getField(column);
  }

  static long longInteger(Record row, String column) {
    return (Long) row.getField(column);
  }

  static double number(Record row, String column) {
    return (Double) row.getField(column);
  }

  @SuppressWarnings("unchecked") // The column's type is a list of integers.
  static List<Integer> integers(Record row, String column) {
    return (List<Integer>) row.getField(column);
  }

  @SuppressWarnings("unchecked") // The column's type is a list of numbers.
  static List<Double> doubles(Record row, String column) {
    return (List<Double>) row.getField(column);
  }

  @SuppressWarnings("unchecked") // The column's type is a map from text to numbers.
  static Map<String, Double> numbers(Record row, String column) {
    return (Map<String, Double>) row.getField(column);
  }

  @SuppressWarnings("unchecked") // The column's type is a map from text to text.
  static Map<String, String> texts(Record row, String column) {
    return (Map<String, String>) row.getField(column);
  }
}
