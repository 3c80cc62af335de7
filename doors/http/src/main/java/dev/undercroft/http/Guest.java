package dev.undercroft.http;

import dev.undercroft.sdk.Application;
import dev.undercroft.sdk.Services;

/**
 * An application and what it is given. Immutable.
 *
 * @param application the application
 * @param services its services
 */
public record Guest(Application application, Services services) {}
