package dev.undercroft.settings;

/**
 * A setting given on the command line. Immutable.
 *
 * @param option what the person typed, for example {@code --port}
 * @param setting the name of the setting it sets
 * @param text its value
 */
public record Flag(String option, String setting, String text) {}
