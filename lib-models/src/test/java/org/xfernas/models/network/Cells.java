package org.xfernas.models.network;

import java.util.List;
import org.xfernas.search.space.BlockCellSpace;
import org.xfernas.search.space.BlockCells;
import org.xfernas.search.space.OutputRule;

/** Architectures that tests share. */
final class Cells {
  /** NAO's large space. */
  static final BlockCellSpace SPACE =
      new BlockCellSpace(
          5,
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
              "min_pool_2x2"),
          OutputRule.UNUSED);

  /** NAONet's cells (method.md, section 3). */
  static final BlockCells NAONET =
      SPACE.parse(
          "normal[0 conv_3x3 + 1 avg_pool_5x5 | 2 conv_1x3_3x1 + 1 conv_3x3"
              + " | 0 conv_1x1 + 1 conv_3x3 | 0 conv_1x3_3x1 + 4 conv_3x3"
              + " | 1 identity + 0 conv_3x3]"
              + " reduction[0 conv_3x3 + 1 avg_pool_2x2 | 0 conv_1x1 + 0 avg_pool_3x3"
              + " | 1 conv_1x7_7x1 + 0 max_pool_2x2 | 0 avg_pool_3x3 + 2 conv_1x1"
              + " | 1 max_pool_3x3 + 0 conv_3x3]");

  private Cells() {}
}
