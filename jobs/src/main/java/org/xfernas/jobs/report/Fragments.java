package org.xfernas.jobs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Tables and charts as pieces of HTML, for a page that another program puts together, such as an
 * executed notebook.
 */
public final class Fragments {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Fragments() {}

  /**
   * A table; numbers have two decimals, or as many as their size asks for.
   *
   * @param columns names of the columns
   * @param rows a value per column, null for nothing
   * @param note what is said below it
   */
  public static String table(List<String> columns, List<List<Object>> rows, String note) {
    StringOutput out = new StringOutput();
    HtmlPage.TEMPLATES.render(
        "grid.jte",
        Map.of(
            "columns",
            columns,
            "rows",
            rows.stream().map(row -> row.stream().map(Fragments::text).toList()).toList(),
            "note",
            note),
        out);
    return out.toString();
  }

  private static String text(Object value) {
    return value instanceof Double || value instanceof Float
        ? Words.number(((Number) value).doubleValue())
        : Objects.toString(value, "");
  }

  /** The chart library, which has to stand in the page before its first chart. */
  public static String chartLibrary() {
    // A page may have a loader of modules (require.js), which the library would hand itself to.
    return HtmlPage.VEGA.stream()
        .map(HtmlPage::resource)
        .map(
            "<script>(function (define, module, exports) {%s\n}).call(window);</script>"::formatted)
        .collect(Collectors.joining("\n"));
  }

  /**
   * A chart by Vega-Lite; the page says that all are drawn by {@code data-drawn} on its root.
   *
   * @param id of its element, different from those of the page's other charts
   * @param rows one JSON object each
   * @param spec a Vega-Lite specification without data, as JSON
   * @throws IllegalArgumentException where rows or specification are no JSON
   */
  public static String chart(String id, List<String> rows, String spec) {
    ObjectNode chart = JSON.createObjectNode();
    chart.put("width", 560).put("height", 260).put("background", "white");
    chart.setAll((ObjectNode) parse(spec));
    chart.set("data", parse("{\"values\": [%s]}".formatted(String.join(",", rows))));
    return """
        <div class="chart" id="%1$s"></div>
        <script>
        vegaEmbed("#%1$s", %2$s, {actions: false, renderer: "svg"}).then(() => {
          if ([...document.querySelectorAll(".chart")].every(chart => chart.querySelector("svg"))) {
            document.documentElement.setAttribute("data-drawn", "");
          }
        });
        </script>
        """
        .formatted(id, HtmlPage.json(chart));
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Cannot draw the chart: %s (%s)".formatted(e.getOriginalMessage(), json), e);
    }
  }
}
