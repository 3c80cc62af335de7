package dev.undercroft.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * A temporary folder that the user of a server may enter, as {@code @TempDir(factory =
 * OpenFolder.class)}. In one that only its owner enters, a server of root's keeps its data
 * elsewhere, where nobody deletes them after the test.
 */
public final class OpenFolder implements TempDirFactory {

  /** Made by JUnit. */
  public OpenFolder() {}

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
      throws IOException {
    Path folder = Files.createTempDirectory("undercroft-test-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder;
  }
}
