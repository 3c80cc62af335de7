package dev.undercroft.pgbackup;

import dev.undercroft.storage.BlobContent;
import dev.undercroft.storage.BlobName;
import dev.undercroft.storage.BlobStat;
import dev.undercroft.storage.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A store that asks, before each of its operations on a blob, whether to go on. Thread-safe. */
final class FaultyStore implements BlobStore {

  /** What is done to a blob. */
  enum Operation {
    PUT,
    OPEN,
    DELETE
  }

  /** Decides about an operation; throws, or does not return, to make it fail. */
  @FunctionalInterface
  interface Gate {
    void before(Operation operation, BlobName name, int number) throws IOException;
  }

  private final BlobStore store;
  private final Gate gate;
  private final AtomicInteger operations = new AtomicInteger();

  FaultyStore(BlobStore store, Gate gate) {
    this.store = store;
    this.gate = gate;
  }

  private void ask(Operation operation, BlobName name) throws IOException {
    gate.before(operation, name, operations.getAndIncrement());
  }

  @Override
  public void put(BlobName name, BlobContent content, Overwrite overwrite) throws IOException {
    ask(Operation.PUT, name);
    store.put(name, content, overwrite);
  }

  @Override
  public InputStream open(BlobName name, long offset, long length) throws IOException {
    ask(Operation.OPEN, name);
    return store.open(name, offset, length);
  }

  @Override
  public Optional<BlobStat> find(BlobName name) throws IOException {
    return store.find(name);
  }

  @Override
  public Stream<BlobStat> list(String prefix) throws IOException {
    return store.list(prefix);
  }

  @Override
  public void delete(BlobName name) throws IOException {
    ask(Operation.DELETE, name);
    store.delete(name);
  }
}
