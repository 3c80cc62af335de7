package dev.undercroft.pgbackup;

import dev.undercroft.backup.PageReader;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a server on this machine without troubling the server. One thread at a time.
 */
final class FilePageReader implements PageReader {

  private final Path data;
  private String path = "";
  private @Nullable FileChannel open;

  FilePageReader(Path data) {
    this.data = data;
  }

  @Override
  public byte @Nullable [] read(String wanted, long offset, int length) {
    try {
      FileChannel channel = channel(wanted);
      ByteBuffer bytes = ByteBuffer.allocate(length);
      int count = 0;
      while (count >= 0 && bytes.hasRemaining()) {
        count = channel.read(bytes, offset + bytes.position());
      }
      return bytes.hasRemaining() ? Arrays.copyOf(bytes.array(), bytes.position()) : bytes.array();
    } catch (NoSuchFileException gone) {
      return null;
    } catch (IOException e) {
      throw Problem.of(
              "BACKUP_FILE_UNREADABLE",
              ProblemKind.EXTERNAL,
              wanted + " cannot be read: " + e.getMessage())
          .withRemedy("Check the disk of " + data + "; the backup was given up.")
          .exception(e);
    }
  }

  private FileChannel channel(String wanted) throws IOException {
    FileChannel channel = open;
    if (channel == null || !path.equals(wanted)) {
      close();
      channel = FileChannel.open(data.resolve(wanted), StandardOpenOption.READ);
      open = channel;
      path = wanted;
    }
    return channel;
  }

  @Override
  public void close() {
    FileChannel channel = open;
    open = null;
    path = "";
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException onlyRead) {
        System.getLogger("undercroft.backup")
            .log(System.Logger.Level.DEBUG, "closing a file that was only read", onlyRead);
      }
    }
  }
}
