package org.xfernas.search.surrogate;

import java.util.List;
import org.xfernas.search.space.Architecture;

/** A surrogate that can make architectures which it expects more of than of given ones. */
public interface DecodingSurrogate extends Surrogate {

  /**
   * One architecture for each given one, some steps up the slope of the prediction.
   *
   * @param architectures to start from
   * @param length of the step
   */
  List<Architecture> ascended(List<Architecture> architectures, double length);
}
