package dev.undercroft.gcs;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where blobs are in Google Cloud Storage, and who asks. Immutable.
 *
 * @param bucket the bucket
 * @param prefix what the names of all objects begin with, without slash at its end; may be empty
 * @param project the project that pays, for buckets of which the asker pays; may be empty
 * @param keyFile the JSON file with the key of a service account
 * @param endpoint another server than Google's, for example {@code http://127.0.0.1:4443}
 */
public record GcsPlace(
    String bucket, String prefix, String project, Path keyFile, Optional<URI> endpoint) {}
