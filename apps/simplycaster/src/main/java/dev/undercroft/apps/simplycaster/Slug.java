package dev.undercroft.apps.simplycaster;

import java.text.Normalizer;
import java.util.Locale;

/** Makes names for links: lower-case letters, digits and inner hyphens. Pure. */
final class Slug {

  private static final int LONGEST = 200;

  private Slug() {}

  /**
   * The name for links of a text.
   *
   * @param otherwise what it is when nothing of the text can stand in a link
   */
  static String of(String text, String otherwise) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-");
    String cut = plain.substring(0, Math.min(plain.length(), LONGEST));
    String slug = cut.replaceAll("^-+", "").replaceAll("-+$", "");
    return slug.isEmpty() ? otherwise : slug;
  }
}
