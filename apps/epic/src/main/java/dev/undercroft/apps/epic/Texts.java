package dev.undercroft.apps.epic;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.util.Map;
import java.util.regex.Pattern;

/** Texts that people write. Pure. */
final class Texts {

  private static final int LARGEST_OBJECT = 65_536;
  private static final Pattern SCHEME = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*:.*");
  private static final Pattern ADDRESS =
      Pattern.compile("(?:(?:https?|s3|r2|gs)://)?[\\p{Alnum}_][!-~&&[^<>\"'`\\\\^{|}]]*");

  private Texts() {}

  /**
   * Demands an object of ordinary size.
   *
   * @throws ProblemException of kind input
   */
  static void demandSmall(Map<String, Object> object, String pointer) {
    if (object.toString().length() > LARGEST_OBJECT) {
      throw Problem.of(
              "EPIC_TOO_LARGE",
              ProblemKind.INPUT,
              "this is longer than " + LARGEST_OBJECT + " characters")
          .withRemedy("Leave something out.")
          .with("pointer", pointer)
          .exception();
    }
  }

  /**
   * Demands the address of a file: of a few schemes that name no program, or a place in the object
   * store.
   *
   * @throws ProblemException of kind input
   */
  static String demandAddress(String text, int most, String pointer) {
    boolean foreign = SCHEME.matcher(text).matches() && !text.matches("(?:https?|s3|r2|gs)://.+");
    boolean climbs = ("/" + text + "/").contains("/../");
    if (text.length() > most || foreign || climbs || !ADDRESS.matcher(text).matches()) {
      throw Problem.of("EPIC_ADDRESS", ProblemKind.INPUT, "this is no address of a file")
          .withRemedy("Begin with https://, s3://, r2:// or gs://, or name a place in the store.")
          .with("pointer", pointer)
          .exception();
    }
    return text;
  }

  /**
   * Demands a text of a certain length without control characters but line breaks and tabs.
   *
   * @param pointer where it stands in the body
   * @throws ProblemException of kind input
   */
  static String demand(String text, int least, int most, String pointer) {
    String bare = text.strip();
    int length = bare.codePointCount(0, bare.length());
    boolean clean =
        bare.chars().noneMatch(one -> Character.isISOControl(one) && "\n\r\t".indexOf(one) < 0);
    if (length < least || length > most || !clean) {
      throw Problem.of(
              "EPIC_TEXT",
              ProblemKind.INPUT,
              "this text has " + length + " characters" + (clean ? "" : " and some that are none"))
          .withRemedy("Write " + least + " to " + most + " characters.")
          .with("pointer", pointer)
          .exception();
    }
    return bare;
  }
}
