package org.xfernas.jobs.report;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.NullElkProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;
import org.xfernas.jobs.report.CellGraph.Arrow;
import org.xfernas.jobs.report.CellGraph.Box;

/**
 * Where the boxes and arrows of a {@link CellGraph} go, from top to bottom: ELK's layered algorithm
 * (Sugiyama et al. 1981), which is deterministic.
 *
 * @param width of everything, in pixels
 * @param height of everything, in pixels
 * @param boxes of the graph, in its order
 * @param routes of the graph's arrows, in its order
 */
record CellLayout(double width, double height, List<Rectangle> boxes, List<List<Point>> routes) {

  /** A box's place. */
  record Rectangle(double x, double y, double width, double height) {}

  /** A corner of an arrow. */
  record Point(double x, double y) {}

  static {
    // ELK copies its options by functions that have to be registered first.
    LayoutMetaDataService.initElkReflect();
  }

  private static final double BOX_HEIGHT = 28;
  private static final double BOX_PADDING = 24;

  /** Wide enough for any letter that operations are named with. */
  private static final double LETTER_WIDTH = 7.6;

  static CellLayout of(CellGraph graph) {
    ElkNode root = ElkGraphUtil.createGraph();
    root.setProperty(LayeredOptions.DIRECTION, Direction.DOWN);
    root.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
    root.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX);
    root.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.PREFER_EDGES);
    root.setProperty(LayeredOptions.PADDING, new ElkPadding(12));
    root.setProperty(LayeredOptions.SPACING_NODE_NODE, 22.0);
    root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 26.0);
    root.setProperty(LayeredOptions.SPACING_EDGE_NODE, 14.0);
    root.setProperty(LayeredOptions.SPACING_EDGE_EDGE, 10.0);

    List<ElkNode> nodes = new ArrayList<>();
    for (Box box : graph.boxes()) {
      ElkNode node = ElkGraphUtil.createNode(root);
      node.setDimensions(BOX_PADDING + LETTER_WIDTH * box.label().length(), BOX_HEIGHT);
      nodes.add(node);
    }
    List<ElkEdge> edges = new ArrayList<>();
    for (Arrow arrow : graph.arrows()) {
      edges.add(
          ElkGraphUtil.createSimpleEdge(nodes.get(arrow.source()), nodes.get(arrow.target())));
    }
    new LayeredLayoutProvider().layout(root, new NullElkProgressMonitor());

    return new CellLayout(
        root.getWidth(),
        root.getHeight(),
        nodes.stream()
            .map(node -> new Rectangle(node.getX(), node.getY(), node.getWidth(), node.getHeight()))
            .toList(),
        edges.stream().map(CellLayout::route).toList());
  }

  private static List<Point> route(ElkEdge edge) {
    ElkEdgeSection section = edge.getSections().get(0);
    List<Point> points = new ArrayList<>();
    points.add(new Point(section.getStartX(), section.getStartY()));
    for (ElkBendPoint bend : section.getBendPoints()) {
      points.add(new Point(bend.getX(), bend.getY()));
    }
    points.add(new Point(section.getEndX(), section.getEndY()));
    return points;
  }
}
