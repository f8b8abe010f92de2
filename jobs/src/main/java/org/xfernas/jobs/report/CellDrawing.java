package org.xfernas.jobs.report;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.xfernas.jobs.report.CellGraph.Box;
import org.xfernas.jobs.report.CellLayout.Point;
import org.xfernas.jobs.report.CellLayout.Rectangle;
import org.xfernas.search.space.Architecture;

/**
 * The cells of an architecture as an SVG picture, equal for equal architectures. Data flows from
 * top to bottom; an operation {@code none} is left out.
 */
public final class CellDrawing {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";
  private static final String INK = "#1f2933";
  private static final double CAPTION_HEIGHT = 34;
  private static final double GAP = 28;

  private final XMLStreamWriter svg;

  private CellDrawing(XMLStreamWriter svg) {
    this.svg = svg;
  }

  /** The picture, as the text of an SVG file in UTF-8. */
  public static String of(Architecture architecture) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter svg = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      new CellDrawing(svg).draw(architecture);
      svg.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("Cannot write to a string", e);
    }
    return text.toString();
  }

  private void draw(Architecture architecture) throws XMLStreamException {
    List<CellGraph> graphs = CellGraph.of(architecture);
    List<CellLayout> layouts = graphs.stream().map(CellLayout::of).toList();
    double width =
        layouts.stream().mapToDouble(CellLayout::width).sum() + GAP * (layouts.size() - 1);
    double height =
        CAPTION_HEIGHT + layouts.stream().mapToDouble(CellLayout::height).max().orElseThrow();

    svg.writeStartDocument("UTF-8", "1.0");
    start("svg", "xmlns", NAMESPACE, "role", "img");
    attributes("viewBox", "0 0 %s %s".formatted(number(width), number(height)));
    attributes("width", number(width), "height", number(height));
    attributes("font-family", "DejaVu Sans, Verdana, sans-serif", "font-size", "12");
    text("title", graphs.stream().map(CellGraph::caption).collect(Collectors.joining(" and ")));
    text("desc", architecture.text());
    arrowHead();
    empty("rect", "width", "100%", "height", "100%", "fill", "#ffffff");
    double left = 0;
    for (int cell = 0; cell < graphs.size(); cell++) {
      start("g", "transform", "translate(%s 0)".formatted(number(left)));
      cell(graphs.get(cell), layouts.get(cell));
      svg.writeEndElement();
      left += layouts.get(cell).width() + GAP;
    }
    svg.writeEndElement();
    svg.writeEndDocument();
  }

  private void arrowHead() throws XMLStreamException {
    start("defs");
    start("marker", "id", "arrow", "viewBox", "0 0 8 8", "refX", "8", "refY", "4");
    attributes("markerWidth", "7", "markerHeight", "7", "orient", "auto");
    empty("path", "d", "M0 0 8 4 0 8z", "fill", INK);
    svg.writeEndElement();
    svg.writeEndElement();
  }

  private void cell(CellGraph graph, CellLayout layout) throws XMLStreamException {
    start("text", "x", number(layout.width() / 2), "y", "24", "text-anchor", "middle");
    attributes("font-size", "15", "font-weight", "bold", "fill", INK);
    svg.writeCharacters(graph.caption());
    svg.writeEndElement();
    start("g", "transform", "translate(0 %s)".formatted(number(CAPTION_HEIGHT)));
    for (List<Point> route : layout.routes()) {
      arrow(route);
    }
    for (int box = 0; box < graph.boxes().size(); box++) {
      box(graph.boxes().get(box), layout.boxes().get(box));
    }
    svg.writeEndElement();
  }

  private void arrow(List<Point> route) throws XMLStreamException {
    String points =
        route.stream()
            .map(point -> number(point.x()) + "," + number(point.y()))
            .collect(Collectors.joining(" "));
    empty("polyline", "points", points, "fill", "none", "stroke", INK, "marker-end", "url(#arrow)");
  }

  private void box(Box box, Rectangle place) throws XMLStreamException {
    empty("rect", "x", number(place.x()), "y", number(place.y()));
    attributes("width", number(place.width()), "height", number(place.height()));
    attributes("rx", box.kind() == CellGraph.Kind.OPERATION ? "3" : "14");
    attributes("fill", fill(box), "stroke", INK);
    start("text", "x", number(place.x() + place.width() / 2));
    attributes("y", number(place.y() + place.height() / 2), "dy", "0.35em");
    attributes("text-anchor", "middle", "fill", INK);
    svg.writeCharacters(box.label());
    svg.writeEndElement();
  }

  /** Operations of one family have one colour; all are light enough for dark text. */
  private static String fill(Box box) {
    return switch (box.kind()) {
      case INPUT, OUTPUT -> "#d9e2ec";
      case SUM -> "#f5f7fa";
      case OPERATION -> operationFill(box.label());
    };
  }

  private static String operationFill(String operation) {
    if (operation.contains("sep_conv")) {
      return "#c6f0d2";
    }
    if (operation.contains("conv")) {
      return "#bfe0fb";
    }
    if (operation.contains("pool")) {
      return "#fde3b1";
    }
    return "#ffffff";
  }

  private void start(String element, String... attributes) throws XMLStreamException {
    svg.writeCharacters("\n");
    svg.writeStartElement(element);
    attributes(attributes);
  }

  private void empty(String element, String... attributes) throws XMLStreamException {
    svg.writeCharacters("\n");
    svg.writeEmptyElement(element);
    attributes(attributes);
  }

  private void text(String element, String text) throws XMLStreamException {
    start(element);
    svg.writeCharacters(text);
    svg.writeEndElement();
  }

  /** Attributes of the element that was started last, as name, value, name, value. */
  private void attributes(String... attributes) throws XMLStreamException {
    for (int i = 0; i < attributes.length; i += 2) {
      svg.writeAttribute(attributes[i], attributes[i + 1]);
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
