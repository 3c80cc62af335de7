/** Speaks the verbs as JSON, carries the routes of the applications, and publishes OpenAPI. */
@NullMarked
package dev.undercroft.http;

import org.jspecify.annotations.NullMarked;
