package org.xfernas.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FragmentsTest {

  @Test
  void textFromTablesIsEscapedAndNumbersAreShort() {
    String table =
        Fragments.table(
            List.of("task"),
            List.of(
                List.of("<script>alert(1)</script>"),
                List.of(2 / 3d),
                Arrays.asList((Object) null)),
            "3 rows");

    assertThat(table)
        .contains("<td>&lt;script&gt;alert(1)&lt;/script&gt;</td>", "<td>0.67</td>", "<td></td>")
        .doesNotContain("<script>");
  }

  @Test
  void whatAChartShowsCannotEndItsScript() {
    String chart =
        Fragments.chart("one", List.of("{\"task\": \"</script><b>\"}"), "{\"mark\": \"bar\"}");

    assertThat(chart).contains("\\u003c/script\\u003e").doesNotContain("</script><b>");
  }

  @Test
  void aSpecificationThatIsNoJsonIsNamed() {
    assertThatThrownBy(() -> Fragments.chart("one", List.of(), "{mark: bar"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cannot draw the chart: ")
        .hasMessageContaining("{mark: bar");
  }
}
