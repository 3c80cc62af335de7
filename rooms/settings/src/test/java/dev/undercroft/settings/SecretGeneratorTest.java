package dev.undercroft.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("SC-048")
class SecretGeneratorTest {

  @TempDir private Path folder;

  private SecretGenerator.Outcome generate(
      Desk desk, List<String> names, SecretGenerator.Existing existing) {
    return SecretGenerator.generate(ProjectFinder.find(folder, null), desk.read(), names, existing);
  }

  private Desk desk() {
    return new Desk(folder)
        .toml(
            """
            [variables.JWT_SECRET]
            type = "secret"
            [variables.PASSWORD_PEPPER]
            type = "secret"
            [variables.PROVIDER_KEY]
            type = "credential"
            """);
  }

  @Test
  void secrets_have_256_bits_belong_to_their_owner_alone_and_are_read_at_once() throws Exception {
    SecretGenerator.Outcome outcome = generate(desk(), List.of(), SecretGenerator.Existing.KEEP);
    assertThat(outcome.written())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("jwt_secret", "password_pepper", "backup_encryption_key");
    Set<String> texts = new HashSet<>();
    for (Path file : outcome.written()) {
      String text = Files.readString(file).strip();
      assertThat(Base64.getUrlDecoder().decode(text)).hasSize(32);
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      texts.add(text);
    }
    assertThat(texts).hasSize(3);
    assertThat(Files.getPosixFilePermissions(folder.resolve("secrets")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    Settings production = desk().variable("ENVIRONMENT", "production").read(Purpose.START);
    assertThat(production.findVariable("JWT_SECRET")).isPresent();
    assertThat(production.origin(BackupSettings.ENCRYPTION_KEY).kind())
        .isEqualTo(Origin.Kind.PROJECT_SECRET);
  }

  @Test
  void existing_secrets_stay_unless_replacing_is_asked_for() throws Exception {
    Path pepper = generate(desk(), List.of(), SecretGenerator.Existing.KEEP).written().get(1);
    String first = Files.readString(pepper);
    SecretGenerator.Outcome again = generate(desk(), List.of(), SecretGenerator.Existing.KEEP);
    assertThat(again.written()).isEmpty();
    assertThat(again.kept()).hasSize(3).contains(pepper);
    assertThat(Files.readString(pepper)).isEqualTo(first);
    SecretGenerator.Outcome replaced =
        generate(desk(), List.of("PASSWORD_PEPPER"), SecretGenerator.Existing.REPLACE);
    assertThat(replaced.written()).containsExactly(pepper);
    assertThat(Files.readString(pepper)).isNotEqualTo(first);
    assertThat(Files.getPosixFilePermissions(pepper))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (var files = Files.list(folder.resolve("secrets"))) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void what_is_set_elsewhere_gets_no_second_source() {
    Desk desk = desk().file(".env", "JWT_SECRET=a-secret-that-is-set-already-with-32-letters\n");
    assertThat(generate(desk, List.of(), SecretGenerator.Existing.KEEP).written())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("password_pepper", "backup_encryption_key");
  }

  @Test
  void a_name_that_is_no_secret_is_refused_with_the_nearest_one() {
    assertThatThrownBy(
            () -> generate(desk(), List.of("JWT_SECRETS"), SecretGenerator.Existing.KEEP))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.first().remedy()).isEqualTo("Did you mean JWT_SECRET?"));
  }
}
