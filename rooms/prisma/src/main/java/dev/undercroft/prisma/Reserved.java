package dev.undercroft.prisma;

import java.util.Set;

/** Names that no model may have, because Prisma's client could not be generated. Stateless. */
final class Reserved {

  private static final Set<String> NAMES =
      Set.of(
          "PrismaClient",
          "async",
          "await",
          "break",
          "case",
          "catch",
          "class",
          "const",
          "continue",
          "debugger",
          "default",
          "delete",
          "do",
          "else",
          "enum",
          "export",
          "extends",
          "false",
          "finally",
          "for",
          "function",
          "if",
          "implements",
          "import",
          "in",
          "instanceof",
          "interface",
          "let",
          "new",
          "null",
          "package",
          "private",
          "protected",
          "public",
          "return",
          "super",
          "switch",
          "this",
          "throw",
          "true",
          "try",
          "typeof",
          "using",
          "var",
          "void",
          "while",
          "with",
          "yield");

  private Reserved() {}

  static boolean isReserved(String name) {
    return NAMES.contains(name);
  }
}
