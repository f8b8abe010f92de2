package org.xfernas.models.network;

import java.util.ArrayList;
import java.util.List;
import org.xfernas.models.layer.CellGraph;
import org.xfernas.models.layer.FeatureShape;

/**
 * The cells of a network in order, each reading earlier ones; the last one gives the features that
 * are classified.
 *
 * @param vertices at least one; the first alone reads the images
 */
record NetworkLayout(List<Vertex> vertices) {
  static final String IMAGES = "images";

  /**
   * One cell.
   *
   * @param name unique in the network
   * @param cell what it computes
   * @param inputs names of what it reads, all different
   */
  record Vertex(String name, CellGraph cell, List<String> inputs) {}

  NetworkLayout {
    vertices = List.copyOf(vertices);
  }

  /** Number of features that are classified. */
  int features() {
    return vertices.get(vertices.size() - 1).cell().outputShape().channels();
  }

  /** Puts cells one after the other. */
  static final class Builder {
    private final List<Vertex> vertices = new ArrayList<>();

    /** Adds a cell under the name {@code kind-number}, and returns a reference to it. */
    Reference add(String kind, CellGraph cell, String... inputs) {
      String name = "%s-%d".formatted(kind, vertices.size());
      vertices.add(new Vertex(name, cell, List.of(inputs)));
      return new Reference(name, cell.outputShape());
    }

    NetworkLayout build() {
      return new NetworkLayout(vertices);
    }
  }

  /** A cell that later ones can read. */
  record Reference(String name, FeatureShape shape) {}
}
