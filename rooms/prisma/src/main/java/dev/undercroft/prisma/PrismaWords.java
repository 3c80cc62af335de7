package dev.undercroft.prisma;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names that Prisma's language takes, made of names that databases have: what it does not take
 * becomes an underscore, as in what {@code prisma db pull} writes. One for each place where names
 * must differ.
 */
final class PrismaWords {

  private final Set<String> taken = new HashSet<>();

  /** A name that is free in this place. */
  String word(String name) {
    String word = name.replaceAll("^[^a-zA-Z]+", "").replaceAll("[^a-zA-Z0-9_]", "_");
    return free(word.isEmpty() ? "x" : word);
  }

  /** The name of a model or an enum, which may be none of the words of the client. */
  String block(String name) {
    String word = name.replaceAll("^[^a-zA-Z]+", "").replaceAll("[^a-zA-Z0-9_]", "_");
    boolean reserved =
        Reserved.isReserved(word) || Columns.isScalar(word) || word.equals("Unsupported");
    return free(word.isEmpty() ? "X" : reserved ? "Renamed" + word : word);
  }

  private String free(String word) {
    String free = word;
    for (int number = 2; !taken.add(free); number++) {
      free = word + "_" + number;
    }
    return free;
  }

  /** A text in quotes. */
  static String text(String value) {
    StringBuilder text = new StringBuilder("\"");
    for (int at = 0; at < value.length(); at++) {
      char sign = value.charAt(at);
      int known = "\n\r\t\b\f\"\\".indexOf(sign);
      if (known >= 0) {
        text.append('\\').append("nrtbf\"\\".charAt(known));
      } else if (sign < ' ') {
        text.append("\\u%04x".formatted((int) sign));
      } else {
        text.append(sign);
      }
    }
    return text.append('"').toString();
  }

  /** {@code SpGist} of {@code spgist}: the index methods that have a word of their own. */
  static String method(String method) {
    return method.equals("spgist")
        ? "SpGist"
        : method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1);
  }
}
