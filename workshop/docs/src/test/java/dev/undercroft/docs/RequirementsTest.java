package dev.undercroft.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page of requirements counts, and what it does not. */
class RequirementsTest {

  private static final Path ROOT = Path.of(System.getProperty("undercroft.root"));

  @TempDir private Path folder;

  @Test
  void only_a_promise_whose_tests_all_ran_as_they_are_and_passed_is_counted() throws Exception {
    for (String place : List.of("rooms", "engines", "doors", "apps", "workshop", "docs")) {
      Files.createDirectory(folder.resolve(place));
    }
    StringBuilder promises = new StringBuilder();
    for (int number = 1; number <= 8; number++) {
      promises.append("SC-00").append(number).append("\ttable\n");
    }
    promises.append("SC-009\ttable\tnot built yet\n");
    write("workshop/requirements.tsv", promises.toString());
    writeShopTest();
    source("ChangedTest", "@Test @Tag(\"SC-008\") void passed_before_it_was_changed() {}");
    report(
        "ChangedTest",
        "<testcase name=\"passed_before_it_was_changed\" classname=\"a.ChangedTest\"/>");
    Files.setLastModifiedTime(
        folder.resolve("rooms/a/src/test/java/a/ChangedTest.java"),
        FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(count()).contains("requirements: 2 of 9 promises have passing tests");
    assertThat(Files.readString(folder.resolve("docs/requirements.md")))
        .contains("| SC-001 | table | ShopTest passes and 1 more |")
        .contains("| SC-005 | table | ShopTest passes too and 1 more |")
        .contains("| SC-008 | table | tagged, not run or not passed |")
        .contains("| SC-009 | table | not built yet |")
        .contains("| table | 2/9 |");
  }

  @Test
  void a_tag_that_is_no_promise_is_a_mistake() throws Exception {
    for (String place : List.of("rooms", "engines", "doors", "apps", "workshop", "docs")) {
      Files.createDirectory(folder.resolve(place));
    }
    write("workshop/requirements.tsv", "SC-001\ttable\n");
    source("ShopTest", "@Test @Tag(\"SC-999\") void proves_nothing() {}");
    assertThat(count()).contains("no promise has the id SC-999");
  }

  private void writeShopTest() throws IOException {
    source(
        "ShopTest",
        """
        @Test @Tag("SC-001") void passes() {}
        @Test @Tag("SC-002") void fails() {}
        @Test @Tag("SC-003") void is_skipped() {}
        @Test @Tag("SC-004") @Tag("long") void did_not_run() {}
        @Test @Tag("SC-005") @Tag("SC-001") void passes_too() {}
        @Test @Tag("SC-005") @Tag("long") void was_left_out() {}
        @Test @Tag("SC-006") void passes_with_one_that_fails() {}
        @Test @Tag("SC-006") void fails_with_one_that_passes() {}
        @ParameterizedTest @Tag("SC-007") void fails_for_one_value(int value) {}
        """);
    report(
        "ShopTest",
        """
        <testcase name="passes" classname="a.ShopTest"/>
        <testcase name="fails" classname="a.ShopTest"><failure/></testcase>
        <testcase name="is_skipped" classname="a.ShopTest"><skipped/></testcase>
        <testcase name="passes_too" classname="a.ShopTest"/>
        <testcase name="passes_with_one_that_fails" classname="a.ShopTest"/>
        <testcase name="fails_with_one_that_passes" classname="a.ShopTest"><error/></testcase>
        <testcase name="fails_for_one_value(int)[1]" classname="a.ShopTest"/>
        <testcase name="fails_for_one_value(int)[2]" classname="a.ShopTest"><failure/></testcase>
        """);
  }

  private void source(String name, String methods) throws IOException {
    write(
        "rooms/a/src/test/java/a/" + name + ".java",
        "package a;\nclass " + name + " {\n" + methods + "\n}\n");
  }

  private void report(String name, String cases) throws IOException {
    write(
        "rooms/a/target/surefire-reports/TEST-a." + name + ".xml",
        "<testsuite>\n" + cases + "</testsuite>\n");
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private String count() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                ROOT.resolve("workshop/Requirements.java").toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
