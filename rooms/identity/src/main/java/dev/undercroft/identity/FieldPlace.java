package dev.undercroft.identity;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Where an encrypted value belongs. It is authenticated with the value: moved to another row,
 * column, table or tenant, the value no longer opens. Immutable.
 *
 * @param table the table
 * @param column the column
 * @param tenant whose it is; empty if the table has no tenants
 * @param row the row's key as text
 */
public record FieldPlace(String table, String column, String tenant, String row) {

  /** Lengths before texts, so that no two places give the same bytes. */
  byte[] authenticated(byte format, int key) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(format);
      out.writeInt(key);
      for (String part : new String[] {table, column, tenant, row}) {
        byte[] text = part.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
