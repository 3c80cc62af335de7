/** Blobs in Google Cloud Storage, with Google's own client for its JSON interface. */
@NullMarked
package dev.undercroft.gcs;

import org.jspecify.annotations.NullMarked;
