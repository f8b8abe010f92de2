package org.xfernas.models.layer;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A small dense array carried to Java and back: sums over a batch, folded weights, parameters.
 * Where the backend's memory is the host's this is a copy; elsewhere ND4J transfers it.
 */
abstract class HostVector {
  private final int length;

  private HostVector(INDArray array) {
    this.length = Math.toIntExact(array.length());
  }

  static HostVector of(INDArray array) {
    if (!onHost()) {
      return new OnDevice(array);
    }
    return array.dataType() == DataType.DOUBLE ? new OfDoubles(array) : new OfFloats(array);
  }

  /** Whether arrays lie in the host's memory. */
  static boolean onHost() {
    return Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU;
  }

  int length() {
    return length;
  }

  /** Copies the array into {@code values}. */
  abstract void read(double[] values);

  /** Copies {@code values} into the array. */
  abstract void write(double[] values);

  /** A copy of the array. */
  double[] read() {
    double[] values = new double[length];
    read(values);
    return values;
  }

  private static final class OfDoubles extends HostVector {
    private final DoublePointer pointer;

    OfDoubles(INDArray array) {
      super(array);
      pointer = new DoublePointer(array.data().addressPointer());
    }

    @Override
    void read(double[] values) {
      pointer.get(values, 0, length());
    }

    @Override
    void write(double[] values) {
      pointer.put(values, 0, length());
    }
  }

  private static final class OfFloats extends HostVector {
    private final FloatPointer pointer;
    private final float[] copy;

    OfFloats(INDArray array) {
      super(array);
      pointer = new FloatPointer(array.data().addressPointer());
      copy = new float[length()];
    }

    @Override
    void read(double[] values) {
      pointer.get(copy, 0, copy.length);
      for (int i = 0; i < copy.length; i++) {
        values[i] = copy[i];
      }
    }

    @Override
    void write(double[] values) {
      for (int i = 0; i < copy.length; i++) {
        copy[i] = (float) values[i];
      }
      pointer.put(copy, 0, copy.length);
    }
  }

  private static final class OnDevice extends HostVector {
    private final INDArray array;

    OnDevice(INDArray array) {
      super(array);
      this.array = array;
    }

    @Override
    void read(double[] values) {
      System.arraycopy(array.dup('c').toDoubleVector(), 0, values, 0, length());
    }

    @Override
    void write(double[] values) {
      array.assign(Nd4j.createFromArray(values).castTo(array.dataType()).reshape(array.shape()));
    }
  }
}
