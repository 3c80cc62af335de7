package dev.undercroft.sdk;

/** Takes letters that the application writes to people. Thread-safe implementations only. */
@FunctionalInterface
public interface Outbox {

  /**
   * A letter.
   *
   * @param to the address of whom it is for
   * @param subject one line
   * @param text plain text; may hold links that are secrets
   */
  record Letter(String to, String subject, String text) {

    /** Refuses line breaks where they would begin another header. */
    public Letter {
      if ((to + subject).chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("address and subject of a letter are one line");
      }
    }

    @Override
    public String toString() {
      return "letter '" + subject + "'";
    }
  }

  /**
   * Takes a letter, to be delivered soon.
   *
   * @throws dev.undercroft.base.ProblemException if it cannot be kept
   */
  void send(Letter letter);
}
