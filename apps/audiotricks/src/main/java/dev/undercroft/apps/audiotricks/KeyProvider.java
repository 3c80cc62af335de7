package dev.undercroft.apps.audiotricks;

import static dev.undercroft.apps.audiotricks.db.Tables.USER_SETTINGS;

import org.jooq.TableField;

/** Whose key somebody brings along; the names stand in paths. */
enum KeyProvider {
  /** Transcription and summaries. */
  openai,
  /** Voices. */
  elevenlabs;

  TableField<?, String> column() {
    return switch (this) {
      case openai -> USER_SETTINGS.OPENAI_API_KEY_ENCRYPTED;
      case elevenlabs -> USER_SETTINGS.ELEVENLABS_API_KEY_ENCRYPTED;
    };
  }
}
