package dev.undercroft.http;

import java.util.List;
import java.util.Locale;

/**
 * What the start page shows; public because the compiled template stands in a package of its own.
 * Immutable.
 *
 * @param tone how things are
 * @param statusWord the same in a word
 * @param headline the same in a sentence
 * @param starting whether the page shall look again by itself
 * @param facts about the instance
 * @param cards one per application
 * @param version the product's version
 * @param tokenFile where the operator token is
 */
public record StartView(
    Tone tone,
    String statusWord,
    String headline,
    boolean starting,
    List<Fact> facts,
    List<Card> cards,
    String version,
    String tokenFile) {

  /** How something is. */
  public enum Tone {
    /** Neither good nor bad. */
    PLAIN,
    /** As it should be. */
    GOOD,
    /** Needs a look. */
    WARN,
    /** Does not work. */
    BAD;

    /** The word in class names of the style sheet. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A named value.
   *
   * @param name what
   * @param value how much, with its unit
   * @param tone how it is
   */
  public record Fact(String name, String value, Tone tone) {
    static Fact plain(String name, String value) {
      return new Fact(name, value, Tone.PLAIN);
    }
  }

  /**
   * A link.
   *
   * @param text what the reader reads
   * @param href where it leads
   */
  public record Link(String text, String href) {}

  /**
   * An application.
   *
   * @param title the name for people
   * @param name the project's name
   * @param status how its database is, in a word
   * @param tone how its database is
   * @param facts about its database
   * @param psql the command that opens its database; empty text when the reader may not know
   * @param links what to look at
   */
  public record Card(
      String title,
      String name,
      String status,
      Tone tone,
      List<Fact> facts,
      String psql,
      List<Link> links) {}
}
