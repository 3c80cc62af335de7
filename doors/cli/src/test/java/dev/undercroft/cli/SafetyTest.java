package dev.undercroft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.platform.SafetyAnswer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the answers about safety look, and when they are no. */
class SafetyTest {

  @TempDir private Path folder;

  @Test
  void what_stands_open_is_shown_with_its_remedy_and_answers_no() {
    Desk desk = new Desk(folder);
    desk.platform.give(
        new SafetyAnswer.Isolation(
            List.of(CannedSafety.isolated(List.of(CannedSafety.finding()), List.of("a leak")))));
    assertThat(desk.run("isolation", "verify")).isEqualTo(3);
    Golden.check("safety/isolation-open.txt", desk.out());
    desk.platform.give(new SafetyAnswer.Security(32, List.of(CannedSafety.finding())));
    assertThat(desk.run("security", "audit")).isEqualTo(3);
    Golden.check("safety/security-open.txt", desk.out());
    desk.platform.give(
        new SafetyAnswer.AuditChecked(
            List.of(
                new SafetyAnswer.CheckedLog(
                    "shop",
                    "audit_log",
                    40,
                    1,
                    List.of(new SafetyAnswer.Remark("17", "was changed"))))));
    assertThat(desk.run("audit", "verify")).isEqualTo(3);
    Golden.check("safety/audit-damaged.txt", desk.out());
  }

  @Test
  void what_is_tight_answers_yes() {
    Desk desk = new Desk(folder);
    assertThat(desk.run("isolation", "verify")).isZero();
    Golden.check("safety/isolation-tight.txt", desk.out());
    assertThat(desk.run("audit", "seal")).isZero();
    assertThat(desk.run("audit", "search", "UPDATE")).isZero();
    assertThat(desk.out()).contains("{action=UPDATE}");
  }
}
