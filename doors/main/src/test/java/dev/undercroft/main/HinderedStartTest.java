package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.Await;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What can be in the way of a start, each told clearly and with nothing lost. */
class HinderedStartTest {

  @TempDir private Path folder;

  @Test
  void the_interrupt_of_a_terminal_leaves_no_process_and_no_open_port() throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder)) {
      Path out = folder.resolve("up.out");
      Process process =
          shop.start(out.toFile(), folder.resolve("up.err").toFile(), "up", "--port", "0");
      Await.until("it serves", () -> shop.isServing(process));
      long server = shop.serverPid();
      int http = Integer.parseInt(shop.address().replaceAll(".*:", ""));
      int database = shop.serverPort();
      assertThat(listens(http)).isTrue();
      assertThat(listens(database)).isTrue();
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + 2);
      assertThat(TestingFolder.isAlive(server)).isFalse();
      assertThat(listens(http)).isFalse();
      assertThat(listens(database)).isFalse();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2000);
      return true;
    } catch (java.io.IOException refused) {
      return false;
    }
  }

  @Test
  void a_start_on_data_that_another_workspace_serves_says_which_process_has_it() throws Exception {
    TestingFolder.open(folder);
    Path here = Files.createDirectory(folder.resolve("here"));
    Path there = Files.createDirectory(folder.resolve("there"));
    try (TestingFolder first = TestingFolder.withShop(here);
        TestingFolder second = TestingFolder.withShop(there)) {
      String address = first.up().path("address").asString();
      var refused =
          second.run("up", "--port", "0", "--data", here.resolve(".undercroft").toString());
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.err().replaceAll("\\s+", " "))
          .contains("process " + first.serving().orElseThrow().pid(), address, "undercroft down")
          .contains(here + " is served already");
      assertThat(first.run("status").exit()).isZero();
      assertThat(there.resolve(".undercroft/elsewhere")).doesNotExist();
    }
  }

  @Test
  void data_of_an_older_major_version_is_refused_and_left_as_it_is() throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder)) {
      shop.up();
      assertThat(shop.run("down").exit()).isZero();
      Path version = folder.resolve(".undercroft/data/PG_VERSION");
      String real = Files.readString(version);
      Files.writeString(version, "17\n");
      var refused = shop.run("up", "--detach", "--port", "0");
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.err()).contains("17", "18", "→");
      assertThat(shop.serving()).isEmpty();
      Files.writeString(version, real);
      JsonNode again = shop.up();
      try (Connection app = TestingFolder.connect(again.path("projects").path(0))) {
        assertThat(TestingFolder.value(app, "SELECT name FROM item")).isEqualTo("lamp");
      }
    }
  }

  @Test
  void a_folder_that_cannot_be_written_is_told_with_what_to_do() throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder)) {
      var refused = shop.run("up", "--port", "0", "--data", "/proc/undercroft");
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.err()).contains("/proc/undercroft", "cannot be written", "--data");
      assertThat(folder.resolve(".undercroft/elsewhere")).doesNotExist();
    }
  }

  @Test
  void a_taken_port_is_told_with_the_process_that_has_it() throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder);
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var up = shop.run("up", "--port", String.valueOf(taken.getLocalPort()));
      assertThat(up.exit()).isEqualTo(1);
      assertThat(up.err())
          .contains("HTTP_PORT_TAKEN", "process " + ProcessHandle.current().pid(), "--port");
      assertThat(shop.serving()).isEmpty();
      assertThat(folder.resolve(".undercroft/data/postmaster.pid")).doesNotExist();
    }
  }
}
