package dev.undercroft.apps.audiotricks;

import static dev.undercroft.apps.audiotricks.db.Tables.USERS;
import static dev.undercroft.apps.audiotricks.db.Tables.USER_SETTINGS;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.identity.PasswordPolicy;
import dev.undercroft.identity.PasswordPolicy.CharacterClass;
import dev.undercroft.identity.Passwords;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Refusals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Makes accounts. Thread-safe. */
final class Registration {

  private static final int LONGEST_EMAIL = 255;
  private static final Pattern EMAIL =
      Pattern.compile(
          "[\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]+"
              + "@(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)+[\\p{L}]{2,63}");
  private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9_-]{3,30}");
  private static final PasswordPolicy POLICY =
      new PasswordPolicy(
          8,
          Passwords.LONGEST,
          Set.of(CharacterClass.UPPER, CharacterClass.LOWER, CharacterClass.DIGIT),
          Set.of());

  private static final Problem EMAIL_TAKEN = taken("EMAIL", "Email already registered", "/email");
  private static final Problem USERNAME_TAKEN =
      taken("USERNAME", "Username already taken", "/username");
  private static final Refusals REFUSALS =
      new Refusals(
          Map.of(
              "users_email_key", EMAIL_TAKEN,
              "users_email_lower_key", EMAIL_TAKEN,
              "users_username_key", USERNAME_TAKEN,
              "users_username_lower_key", USERNAME_TAKEN));

  private final Data data;
  private final Passwords passwords;

  Registration(Data data, Passwords passwords) {
    this.data = data;
    this.passwords = passwords;
  }

  /** Who wants an account. */
  record Wanted(String email, String username, Secret password) {}

  /** Who has one. */
  record Registered(UUID id, String email, String username, Instant createdAt) {}

  /**
   * Makes an account with its settings, both or none.
   *
   * @throws ProblemException with everything that is wrong, or because address or name are taken
   */
  Registered register(Wanted wanted) {
    String email = wanted.email().strip().toLowerCase(Locale.ROOT);
    check(new Wanted(email, wanted.username(), wanted.password()));
    UUID id = UUID.randomUUID();
    String hash = passwords.hash(wanted.password(), id.toString());
    return REFUSALS.telling(() ->
        data.withSystem(db -> {
          var user =
              db.insertInto(USERS)
                  .set(USERS.ID, id)
                  .set(USERS.EMAIL, email)
                  .set(USERS.USERNAME, wanted.username())
                  .set(USERS.PASSWORD_HASH, hash)
                  .returningResult(USERS.CREATED_AT)
                  .fetchSingle();
          db.insertInto(USER_SETTINGS).set(USER_SETTINGS.USER_ID, id).execute();
          return new Registered(id, email, wanted.username(), Times.read(user.value1()));
        }));
  }

  private static void check(Wanted wanted) {
    List<Problem> problems = new ArrayList<>();
    if (wanted.email().length() > LONGEST_EMAIL || !EMAIL.matcher(wanted.email()).matches()) {
      problems.add(
          input("EMAIL", "this is no mail address", "/email")
              .withRemedy("Write it like name@example.com."));
    }
    if (!USERNAME.matcher(wanted.username()).matches()) {
      problems.add(
          input("USERNAME", "this cannot be a name", "/username")
              .withRemedy("Use 3 to 30 of the letters A to Z, digits, _ and -."));
    }
    POLICY.problems(wanted.password(), List.of()).stream()
        .map(problem -> problem.with("pointer", "/password"))
        .forEach(problems::add);
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
  }

  private static Problem input(String what, String message, String pointer) {
    return Problem.of("AUDIOTRICKS_" + what, ProblemKind.INPUT, message).with("pointer", pointer);
  }

  private static Problem taken(String what, String message, String pointer) {
    return Problem.of("AUDIOTRICKS_" + what + "_TAKEN", ProblemKind.CONFLICT, message)
        .withRemedy("Sign in, or choose another.")
        .with("pointer", pointer);
  }
}
