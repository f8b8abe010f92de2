package org.xfernas.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xfernas.jobs.report.CellLayout.Point;
import org.xfernas.jobs.report.CellLayout.Rectangle;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.BlockCellSpace;
import org.xfernas.search.space.EdgeCell;
import org.xfernas.search.space.OutputRule;

class CellDrawingTest {
  private static final BlockCellSpace SPACE =
      new BlockCellSpace(
          5,
          List.of("identity", "conv_1x7_7x1", "dil_sep_conv_7x7", "sep_conv_3x3", "max_pool_3x3"),
          OutputRule.UNUSED);

  @Test
  void drawsEveryOperationOfBothCells() throws Exception {
    Architecture architecture =
        new BlockCellSpace(2, List.of("identity", "conv_3x3", "max_pool_3x3"), OutputRule.UNUSED)
            .parse(
                "normal[0 conv_3x3 + 1 identity | 2 conv_3x3 + 0 max_pool_3x3]"
                    + " reduction[1 conv_3x3 + 1 conv_3x3 | 0 identity + 1 identity]");
    Document svg = parse(CellDrawing.of(architecture));
    assertThat(texts(svg, "text"))
        .containsExactlyInAnyOrder(
            "Normal cell",
            "0: cell before the previous",
            "1: previous cell",
            "2: sum",
            "conv_3x3",
            "identity",
            "3: sum",
            "conv_3x3",
            "max_pool_3x3",
            "concatenation",
            "Reduction cell",
            "0: cell before the previous",
            "1: previous cell",
            "2: sum",
            "conv_3x3",
            "conv_3x3",
            "3: sum",
            "identity",
            "identity",
            "concatenation");
    // Two arrows per operation; the normal cell's node 2 is read, so it has 1 output, the other 2.
    assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(8 + 1 + 8 + 2);
  }

  @Test
  void leavesOutWhatPassesNothingOn() throws Exception {
    Document svg =
        parse(CellDrawing.of(new EdgeCell(3, List.of("nor_conv_3x3", "none", "skip_connect"))));
    assertThat(texts(svg, "text"))
        .containsExactlyInAnyOrder(
            "Cell", "0: input", "1: sum", "2: sum, output", "nor_conv_3x3", "skip_connect");
  }

  @Test
  void saysWhatItShowsToThoseWhoCannotSee() throws Exception {
    EdgeCell cell = new EdgeCell(2, List.of("skip_connect"));
    Document svg = parse(CellDrawing.of(cell));
    assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
    assertThat(texts(svg, "title")).containsExactly("Cell");
    assertThat(texts(svg, "desc")).containsExactly("|skip_connect~0|");
  }

  @Test
  void escapesNames() throws Exception {
    String name = "<script>\"&'</script>";
    String svg = CellDrawing.of(new EdgeCell(2, List.of(name)));
    assertThat(svg).doesNotContain("<script>");
    assertThat(texts(parse(svg), "text")).contains(name);
  }

  @Test
  void isTheSameForTheSameArchitecture() {
    Architecture architecture = sample(7);
    assertThat(CellDrawing.of(SPACE.parse(architecture.text())))
        .isEqualTo(CellDrawing.of(architecture));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void boxesLieApartAndArrowsJoinThem(int seed) {
    for (CellGraph graph : CellGraph.of(sample(seed))) {
      CellLayout layout = CellLayout.of(graph);
      List<Rectangle> boxes = layout.boxes();
      for (int i = 0; i < boxes.size(); i++) {
        assertThat(inside(boxes.get(i), layout)).isTrue();
        for (int j = 0; j < i; j++) {
          assertThat(overlap(boxes.get(i), boxes.get(j))).as("boxes %d and %d", i, j).isFalse();
        }
      }
      for (int i = 0; i < graph.arrows().size(); i++) {
        List<Point> route = layout.routes().get(i);
        Rectangle source = boxes.get(graph.arrows().get(i).source());
        Rectangle target = boxes.get(graph.arrows().get(i).target());
        assertThat(route.get(0).y()).isEqualTo(source.y() + source.height());
        assertThat(route.get(0).x()).isBetween(source.x(), source.x() + source.width());
        Point end = route.get(route.size() - 1);
        assertThat(end.y()).isEqualTo(target.y());
        assertThat(end.x()).isBetween(target.x(), target.x() + target.width());
      }
    }
  }

  private static IntStream seeds() {
    return IntStream.range(0, 20);
  }

  private static Architecture sample(int seed) {
    return SPACE.sample(new Seed(seed).generator());
  }

  private static boolean inside(Rectangle box, CellLayout layout) {
    return box.x() >= 0
        && box.y() >= 0
        && box.x() + box.width() <= layout.width()
        && box.y() + box.height() <= layout.height();
  }

  private static boolean overlap(Rectangle a, Rectangle b) {
    return a.x() < b.x() + b.width()
        && b.x() < a.x() + a.width()
        && a.y() < b.y() + b.height()
        && b.y() < a.y() + a.height();
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> texts(Document svg, String element) {
    NodeList found = svg.getElementsByTagName(element);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(((Element) found.item(i)).getTextContent());
    }
    return texts;
  }
}
