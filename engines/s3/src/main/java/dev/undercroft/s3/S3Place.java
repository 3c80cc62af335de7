package dev.undercroft.s3;

import dev.undercroft.base.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * Where in S3 blobs are kept, and with which credentials. Immutable.
 *
 * @param bucket the bucket, which must exist
 * @param prefix what stands before every name, without a slash at its end; empty for none
 * @param region the region, for example {@code us-east-1}
 * @param endpoint another server than Amazon's
 * @param accessKey the access key id
 * @param secretKey the secret access key
 */
public record S3Place(
    String bucket,
    String prefix,
    String region,
    Optional<URI> endpoint,
    Secret accessKey,
    Secret secretKey) {}
