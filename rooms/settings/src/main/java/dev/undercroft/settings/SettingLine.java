package dev.undercroft.settings;

/**
 * One setting as people may see it. Immutable.
 *
 * @param name its key in {@code undercroft.toml}
 * @param variable the environment variable that sets it
 * @param value what it is; a secret as three stars and its fingerprint, empty when it is not set
 * @param origin where the value came from
 * @param description what it does
 */
public record SettingLine(
    String name, String variable, String value, Origin origin, String description) {}
