package dev.undercroft.embedded;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.base.SecretStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Secrets as files that only their owner may read, one per secret. A file is complete or it is not
 * there. Thread-safe, also between processes.
 */
public final class SecretFolder implements SecretStore {

  private static final int RANDOM_BYTES = 24;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path folder;
  private final SecureRandom random = new SecureRandom();

  /**
   * Secrets in this folder; it is made when the first secret is.
   *
   * @param folder the folder
   */
  public SecretFolder(Path folder) {
    this.folder = folder;
  }

  /** The file a secret of this name is or would be in. */
  public Path file(String name) {
    if (!name.matches("[a-z0-9]+([._-][a-z0-9]+)*")) {
      throw new IllegalArgumentException("not a name of a secret: " + name);
    }
    return folder.resolve(name);
  }

  @Override
  public Optional<Secret> find(String name) {
    Path file = file(name);
    try {
      String text = Files.readString(file).strip();
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (!OWNER_ONLY.containsAll(permissions)) {
        throw Problem.of(
                "EMBEDDED_SECRET_OPEN",
                ProblemKind.CONFLICT,
                "the secret file " + file + " is open to other users")
            .withRemedy("Close it: chmod 600 " + file)
            .exception();
      }
      return text.isEmpty() ? Optional.empty() : Optional.of(Secret.of(text));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  @Override
  public Secret getOrCreate(String name) {
    Optional<Secret> present = find(name);
    if (present.isPresent()) {
      return present.get();
    }
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    Secret made = Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    try {
      return write(file(name), made) ? made : find(name).orElse(made);
    } catch (IOException e) {
      throw failed(file(name), e);
    }
  }

  /** A link is made only if the name is free: of two processes one wins, and both then agree. */
  private boolean write(Path file, Secret secret) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    Path fresh = folder.resolve("." + UUID.randomUUID());
    Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      Files.writeString(fresh, secret.reveal() + "\n");
      Files.createLink(file, fresh);
      return true;
    } catch (FileAlreadyExistsException another) {
      return false;
    } finally {
      Files.delete(fresh);
    }
  }

  private static ProblemException failed(Path file, IOException cause) {
    return Problem.of(
            "EMBEDDED_SECRET_FAILED",
            ProblemKind.EXTERNAL,
            "the secret file " + file + " cannot be read or written")
        .withDetail(cause.getClass().getSimpleName() + ": " + cause.getMessage())
        .withRemedy("Check the folder's owner and permissions, and free space.")
        .exception(cause);
  }
}
