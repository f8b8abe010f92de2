package org.xfernas.search.surrogate.nao;

/**
 * Products of matrices in single precision. Every element is summed in the order of the inner
 * index, with one rounding for each multiplication and addition together: all implementations give
 * the same bits, whatever the machine and however the work is divided.
 */
interface MatrixProduct {
  /** Columns of the results are a multiple of this, so that no vector is filled in part. */
  int STRIP = 32;

  /** The fastest on this machine: vector instructions where the module for them is there. */
  MatrixProduct BEST = best();

  /**
   * c += a b.
   *
   * @param a of any strides
   * @param b with adjacent columns, {@link #STRIP} times some number of them
   * @param c likewise
   */
  void add(Matrix a, Matrix b, Matrix c);

  /** Size rounded up to whole strips. */
  static int padded(int size) {
    return (size + STRIP - 1) / STRIP * STRIP;
  }

  private static MatrixProduct best() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? new VectorMatrixProduct()
        : new PlainMatrixProduct();
  }
}
