package org.xfernas.models.layer;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Arrays that the plans of one vertex keep between steps. Only one plan runs at a time, so that the
 * n-th request of each plan gets the same memory where it is large enough.
 */
final class PlanMemory {
  private final DataType type;
  private final List<INDArray> current = new ArrayList<>();
  private final List<INDArray> outgrown = new ArrayList<>();
  private int next;

  PlanMemory(DataType type) {
    this.type = type;
  }

  /** Starts the requests of another plan. */
  void rewind() {
    next = 0;
  }

  /** A dense row-major array; zero where it is new. */
  INDArray allocate(long... shape) {
    long length = length(shape);
    if (next == current.size()) {
      current.add(Nd4j.create(type, new long[] {length}, 'c'));
    } else if (current.get(next).length() < length) {
      outgrown.add(current.set(next, Nd4j.create(type, new long[] {length}, 'c')));
    }
    return head(current.get(next++), shape);
  }

  /** The first elements of a vector in another shape. */
  static INDArray head(INDArray vector, long... shape) {
    long length = length(shape);
    INDArray head =
        length == vector.length() ? vector : vector.get(NDArrayIndex.interval(0, length));
    return head.reshape('c', shape);
  }

  private static long length(long... shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    return length;
  }

  /** Gives everything back; no plan may run after that. */
  void close() {
    current.forEach(INDArray::close);
    outgrown.forEach(INDArray::close);
    current.clear();
    outgrown.clear();
  }
}
