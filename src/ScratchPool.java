package org.xfernas.models.layer;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays that live for a part of one backward pass of one vertex: gradients between its operations
 * and scratch. While a plan is built it takes and returns them in the order in which its steps will
 * run, so that all vertices of a graph share a few.
 */
final class ScratchPool {
  private final DataType type;
  private final List<INDArray> all = new ArrayList<>();
  private final List<INDArray> free = new ArrayList<>();
  private final Map<INDArray, INDArray> taken = new IdentityHashMap<>();

  ScratchPool(DataType type) {
    this.type = type;
  }

  /** A dense row-major array with anything in it: the smallest free one that is large enough. */
  INDArray take(FeatureShape shape, long batch) {
    long length = batch * shape.size();
    INDArray best = null;
    for (INDArray vector : free) {
      if (vector.length() >= length && (best == null || vector.length() < best.length())) {
        best = vector;
      }
    }
    if (best == null) {
      best = Nd4j.createUninitialized(type, new long[] {length}, 'c');
      all.add(best);
    } else {
      INDArray reused = best;
      free.removeIf(vector -> vector == reused);
    }
    INDArray array = PlanMemory.head(best, batch, shape.height(), shape.width(), shape.channels());
    taken.put(array, best);
    return array;
  }

  /** Makes an array available to later steps. */
  void giveBack(INDArray array) {
    free.add(taken.remove(array));
  }

  void close() {
    all.forEach(INDArray::close);
    all.clear();
    free.clear();
  }
}
