package org.xfernas.search.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableTest {
  private static final String CONTENT =
      """
      index,arch,name,val,test
      0,|a~0|,"one, two",63.5,
      1,|b~0|,three,,70.25
      """;

  @TempDir private Path directory;

  private Path write(String content) throws IOException {
    return Files.writeString(directory.resolve("table.csv"), content);
  }

  private ArchitectureTable read(String content) throws IOException {
    return CsvTable.read(write(content), "arch", List.of("val", "test"));
  }

  private void assertSeen(ArchitectureTable table) {
    assertThat(table.architectures()).containsExactly("|a~0|", "|b~0|");
    assertThat(table.row("|b~0|")).hasValue(1);
    assertThat(table.row("|c~0|")).isEmpty();
    assertThat(table.column("val")).containsExactly(63.5, Double.NaN);
    assertThat(table.column("test")).containsExactly(Double.NaN, 70.25);
  }

  @Test
  void readsTheWantedColumns() throws IOException {
    assertSeen(read(CONTENT));
  }

  @Test
  void readsCompressedFilesAndForeignLineEnds() throws IOException {
    Path path = directory.resolve("table.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write(CONTENT.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    assertSeen(CsvTable.read(path, "arch", List.of("val", "test")));
  }

  @Test
  void namesTheKnownColumnsWhereOneIsNot() throws IOException {
    Path path = write(CONTENT);

    assertThatThrownBy(() -> CsvTable.read(path, "arch", List.of("vall")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use table: no column \"vall\" (did you mean \"val\"?); its columns are index,"
                + " arch, name, val, test (table=%s)",
            path);
    assertThatThrownBy(() -> CsvTable.read(path, "architecture", List.of("val")))
        .hasMessageStartingWith("Cannot use table: no column \"architecture\"");
  }

  @Test
  void namesFileLineAndColumnOfABadCell() {
    assertThatThrownBy(() -> read(CONTENT + "2,|c~0|,four,high,1\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot read table: \"high\" is no number (file=%s, line=4, column=val)",
            directory.resolve("table.csv"));
  }

  @Test
  void namesTheLineOfABadCellAfterOneOfSeveralLines() {
    assertThatThrownBy(() -> read("arch,name,val,test\na,\"x\ny\",1,1\nb,z,1,high\n"))
        .hasMessageEndingWith("line=4, column=test)");
  }

  @Test
  void namesTheLineOfARowThatIsTooShort() {
    assertThatThrownBy(() -> read(CONTENT + "2,|c~0|\n"))
        .hasMessage(
            "Cannot read table: 2 cells under 5 names (file=%s, line=4, column=arch)",
            directory.resolve("table.csv"));
  }

  @Test
  void refusesTwoRowsForOneArchitecture() {
    assertThatThrownBy(() -> read(CONTENT + "2,|a~0|,four,1,1\n"))
        .hasMessage(
            "Cannot read table: the architecture of line 2 again (file=%s, line=4, column=arch)",
            directory.resolve("table.csv"));
  }

  @Test
  void namesTheFileThatCannotBeRead() throws IOException {
    Path absent = directory.resolve("absent.csv");
    Path broken = Files.writeString(directory.resolve("broken.csv.gz"), CONTENT);

    assertThatThrownBy(() -> CsvTable.read(absent, "arch", List.of("val")))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot read table: there is no such file (file=%s)", absent);
    assertThatThrownBy(() -> CsvTable.read(broken, "arch", List.of("val")))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot read table: Not in GZIP format (file=%s)", broken);
  }

  @Test
  void refusesAFileWithoutAHeader() {
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot use table: no column \"arch\"");
  }

  @Test
  void refusesAHeaderWithANameTwice() {
    assertThatThrownBy(() -> read("arch,val,val\na,1,2\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot read table: ")
        .hasMessageContaining("\"val\"")
        .hasMessageEndingWith("(file=%s, line=1)", directory.resolve("table.csv"));
  }

  @Test
  void takesAColumnWithoutAName() throws IOException {
    assertThat(read(",arch,val,test\n0,a,1,2\n").column("test")).containsExactly(2);
  }
}
