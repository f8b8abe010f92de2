package org.xfernas.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.xfernas.models.layer.Operation.Depthwise;

class VectorDepthwiseWeightGradientTest {
  private static final FeatureShape SHAPE = new FeatureShape(6, 5, 8);

  @Test
  void threadsChangeNothingButTheOrderOfTheSum() {
    INDArray x = Nd4j.rand(DataType.FLOAT, 7, 6, 5, 8);
    INDArray dy = Nd4j.rand(DataType.FLOAT, 7, 6, 5, 8);
    float[] alone = gradient(x, dy, 1);
    assertThat(gradient(x, dy, 3)).containsExactly(alone, within(1e-4f));
    assertThat(gradient(x, dy, 100)).containsExactly(alone, within(1e-4f));
  }

  private static float[] gradient(INDArray x, INDArray dy, int threads) {
    INDArray dw = Nd4j.create(DataType.FLOAT, 3, 3, 8, 1);
    new VectorDepthwiseWeightGradient(
            new Depthwise(3, 1, 1), new Tensor(SHAPE, x), new Tensor(SHAPE, dy), dw, threads)
        .run();
    return dw.reshape(72).toFloatVector();
  }
}
