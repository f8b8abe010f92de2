package org.xfernas.jobs.ablation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.xfernas.jobs.table.SweepsTable.Measures;

/** What is told of predictions. */
enum PredictionMeasure {
  PEARSON,
  SPEARMAN,
  KENDALL,
  SPEARMAN_TOP_TENTH,
  REGRET_OF_BEST;

  /** The name in files. */
  @JsonValue
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its value; NaN where there is none. */
  double of(Measures measures) {
    return switch (this) {
      case PEARSON -> measures.pearson();
      case SPEARMAN -> measures.spearman();
      case KENDALL -> measures.kendall();
      case SPEARMAN_TOP_TENTH -> measures.spearmanTopTenth();
      case REGRET_OF_BEST -> measures.regretOfBest();
    };
  }

  /** Its value, a missing correlation being 0: what a random order has on average. */
  double orZero(Measures measures) {
    double value = of(measures);
    return Double.isNaN(value) ? 0 : value;
  }

  /** By how much one value is worse than another. */
  double loss(double value, double other) {
    return this == REGRET_OF_BEST ? value - other : other - value;
  }

  /** Losses that do not count: a point of regret, a hundredth of a correlation. */
  double margin() {
    return this == REGRET_OF_BEST ? 1 : 0.01;
  }
}
