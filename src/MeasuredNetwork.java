package org.xfernas.models.bench;

import java.util.List;
import org.xfernas.models.network.CandidateNetwork;
import org.xfernas.models.network.ImageShape;
import org.xfernas.models.network.NetworkSettings;
import org.xfernas.search.space.BlockCells;
import org.xfernas.search.space.BlockCells.Block;
import org.xfernas.search.space.BlockCells.Branch;
import org.xfernas.search.space.BlockCells.Cell;
import org.xfernas.search.space.OutputRule;

/** The network whose training is timed, the same as in the measurement of PyTorch. */
public final class MeasuredNetwork {
  static final ImageShape IMAGES = new ImageShape(32, 32, 3);
  static final int CLASSES = 10;
  private static final NetworkSettings SETTINGS = new NetworkSettings(16, 1);

  private MeasuredNetwork() {}

  /** Cells that use most kinds of operations. */
  public static BlockCells architecture() {
    Cell normal =
        cell(
            block(0, "sep_conv_3x3", 1, "identity"),
            block(0, "sep_conv_5x5", 1, "max_pool_3x3"),
            block(1, "avg_pool_3x3", 2, "conv_1x1"),
            block(2, "dil_sep_conv_3x3", 3, "identity"),
            block(0, "conv_3x3", 4, "sep_conv_3x3"));
    Cell reduction =
        cell(
            block(0, "conv_3x3", 1, "sep_conv_3x3"),
            block(0, "max_pool_3x3", 1, "conv_1x7_7x1"),
            block(1, "sep_conv_5x5", 2, "identity"),
            block(0, "avg_pool_3x3", 3, "conv_1x3_3x1"),
            block(2, "max_pool_2x2", 4, "sep_conv_3x3"));
    return new BlockCells(normal, reduction, OutputRule.UNUSED);
  }

  private static Cell cell(Block... blocks) {
    return Cell.of(List.of(blocks), OutputRule.UNUSED);
  }

  private static Block block(int left, String leftName, int right, String rightName) {
    return new Block(new Branch(left, leftName), new Branch(right, rightName));
  }

  /** The network, with 324,778 parameters. */
  public static CandidateNetwork network() {
    return CandidateNetwork.of(architecture(), SETTINGS, IMAGES, CLASSES);
  }
}
