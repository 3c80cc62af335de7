package dev.undercroft.backups;

import dev.undercroft.backup.Repository;
import dev.undercroft.storage.BlobName;
import dev.undercroft.storage.BlobStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is kept beside a backup: the names of the tables that were there, and, where everything is
 * encrypted, the passwords of the server's roles, without which a restored server answers nobody.
 */
final class Companion {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Repository repository;
  private final String folder;

  Companion(Repository repository, String backup) {
    this.repository = repository;
    this.folder = "backups/" + backup + "/";
  }

  private record Tables(List<String> names, @Nullable Map<String, TableId> ids) {}

  /** A table by the object identifiers of its database and its own. */
  record TableId(long database, long relation) {}

  private record Passwords(Map<String, String> byName) {}

  List<String> tables() throws IOException {
    return repository
        .note(BlobName.of(folder + "tables"))
        .map(bytes -> JSON.readValue(bytes, Tables.class).names())
        .orElse(List.of());
  }

  /** The tables that were there, each {@code DATABASE.SCHEMA.TABLE}. */
  Map<String, TableId> tableIds() throws IOException {
    return repository
        .note(BlobName.of(folder + "tables"))
        .map(bytes -> JSON.readValue(bytes, Tables.class).ids())
        .orElse(Map.of());
  }

  void keepTables(Map<String, TableId> ids) throws IOException {
    put("tables", new Tables(List.copyOf(ids.keySet()), ids));
  }

  /** Keeps passwords, but never in the clear. */
  void keepPasswords(Map<String, String> byName) throws IOException {
    if (repository.encrypted() && !byName.isEmpty()) {
      put("passwords", new Passwords(new TreeMap<>(byName)));
    }
  }

  Map<String, String> passwords() throws IOException {
    Optional<byte[]> kept = repository.note(BlobName.of(folder + "passwords"));
    return kept.map(bytes -> JSON.readValue(bytes, Passwords.class).byName()).orElse(Map.of());
  }

  private void put(String name, Object value) throws IOException {
    repository.putNote(
        BlobName.of(folder + name), JSON.writeValueAsBytes(value), BlobStore.Overwrite.REPLACE);
  }
}
