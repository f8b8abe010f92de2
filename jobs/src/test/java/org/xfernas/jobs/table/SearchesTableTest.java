package org.xfernas.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xfernas.search.run.SourceUse;

class SearchesTableTest {

  @Test
  void sourcesThatWereRecordedWithoutAHashAreRead() {
    assertThat(SearchesTable.sources("[{\"task\":\"a\",\"evaluations\":8,\"kept\":0.5}]"))
        .containsExactly(new SourceUse("a", 8, 0.5, ""));
  }
}
