/** Blobs in Amazon S3 and in whatever speaks its protocol: the endpoint is configurable. */
@NullMarked
package dev.undercroft.s3;

import org.jspecify.annotations.NullMarked;
