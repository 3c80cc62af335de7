package dev.undercroft.apps.codepal;

import static dev.undercroft.apps.codepal.db.Tables.USERS;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.identity.Passwords;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Refusals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes accounts. Thread-safe. */
final class Registration {

  static final Problem TAKEN =
      Problem.of("CODEPAL_EMAIL_TAKEN", ProblemKind.CONFLICT, "the address has an account")
          .withRemedy("Sign in, or ask for a new password.")
          .with("pointer", "/email");

  /** Addresses are taken once, in any case. */
  static final Refusals REFUSALS =
      new Refusals(Map.of("idx_user_email", TAKEN, "users_email_lower_key", TAKEN));

  private final Data data;
  private final Passwords passwords;

  Registration(Data data, Passwords passwords) {
    this.data = data;
    this.passwords = passwords;
  }

  /** Who wants an account. */
  record Wanted(String email, Secret password, Optional<String> name) {}

  /** Who has one. */
  record Registered(String id, String email, Optional<String> name, Instant createdAt) {}

  /**
   * Makes an account of an ordinary user whose address is not proved yet.
   *
   * @throws dev.undercroft.base.ProblemException with everything that is wrong, or because the
   *     address is taken
   */
  Registered register(Wanted wanted) {
    String email = Addresses.normal(wanted.email());
    Optional<String> name = wanted.name().map(String::strip);
    List<Problem> problems = new ArrayList<>();
    Addresses.wrong(email).ifPresent(problems::add);
    name.flatMap(Addresses::wrongName).ifPresent(problems::add);
    problems.addAll(Addresses.wrongPassword(wanted.password(), email));
    Texts.refuse(problems);
    String id = UUID.randomUUID().toString();
    String hash = passwords.hash(wanted.password(), id);
    return REFUSALS.telling(() ->
        data.withSystem(db ->
            db.insertInto(USERS)
                .set(USERS.ID, id)
                .set(USERS.EMAIL, email)
                .set(USERS.NAME, name.orElse(null))
                .set(USERS.HASHED_PASSWORD, hash)
                .returningResult(USERS.CREATED_AT)
                .fetchSingle(row -> new Registered(id, email, name, row.value1()))));
  }
}
