package dev.undercroft.settings;

import java.util.Arrays;
import java.util.List;

/** What the section {@code [audit]} of {@code undercroft.toml} says. Stateless. */
public final class AuditLogs {

  /** The name of the section. */
  static final String SECTION = "audit";

  private static final List<String> KEY = List.of(SECTION, "logs");
  private static final List<String> USUAL = List.of("audit_log");

  private AuditLogs() {}

  /** Whether a key of the file belongs here. */
  static boolean knows(List<String> key) {
    return key.equals(KEY) || key.equals(List.of(SECTION));
  }

  /**
   * The tables of a project that are logs: {@code logs} of the section, else {@code audit_log}.
   *
   * @throws dev.undercroft.base.ProblemException if the file cannot be read
   */
  public static List<String> of(Project project) {
    String text = TomlText.read(project.folder().resolve(Project.FILE)).text(KEY);
    return text == null || text.isEmpty() ? USUAL : Arrays.asList(text.split(",", -1));
  }
}
