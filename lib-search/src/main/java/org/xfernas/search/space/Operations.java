package org.xfernas.search.space;

import java.util.List;
import java.util.Set;

/**
 * Operation names with a meaning of their own. A space may declare any other names: what they
 * compute is known to whoever evaluates the architecture.
 */
public final class Operations {

  /** The 19 operations of NAO's large block-cell space (Luo et al. 2018). */
  public static final List<String> LARGE_SPACE =
      List.of(
          "identity",
          "conv_1x1",
          "conv_3x3",
          "conv_1x3_3x1",
          "conv_1x7_7x1",
          "sep_conv_3x3",
          "sep_conv_5x5",
          "sep_conv_7x7",
          "dil_sep_conv_3x3",
          "dil_sep_conv_5x5",
          "dil_sep_conv_7x7",
          "max_pool_2x2",
          "max_pool_3x3",
          "max_pool_5x5",
          "max_pool_7x7",
          "avg_pool_2x2",
          "avg_pool_3x3",
          "avg_pool_5x5",
          "min_pool_2x2");

  /** The five operations of NAS-Bench-201 (Dong and Yang 2020). */
  public static final List<String> NAS_BENCH_201 =
      List.of("none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3");

  private static final Set<String> ZEROS = Set.of("none");
  private static final Set<String> SKIPS = Set.of("identity", "skip_connect");

  private Operations() {}

  /** Whether the operation gives zero whatever it reads. */
  public static boolean isZero(String operation) {
    return ZEROS.contains(operation);
  }

  /** Whether the operation, at stride 1, gives what it reads. */
  public static boolean isSkip(String operation) {
    return SKIPS.contains(operation);
  }
}
