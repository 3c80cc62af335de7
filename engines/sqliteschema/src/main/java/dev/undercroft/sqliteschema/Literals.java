package dev.undercroft.sqliteschema;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

/** Values of SQLite as SQL that gives the very same values. Stateless. */
final class Literals {

  private static final HexFormat HEX = HexFormat.of();
  private static final int MANTISSA = 53;
  private static final int WORD = 62;
  private static final int EXACT_POWER = 27;
  private static final int DIGITS = 18;

  private Literals() {}

  static String of(ResultSet row, int column) throws SQLException {
    return switch (row.getObject(column)) {
      case null -> "NULL";
      case byte[] bytes -> "X'" + HEX.formatHex(bytes) + "'";
      case Double real -> real(real);
      case Number whole -> whole.toString();
      case Object text -> text(text.toString());
    };
  }

  /** SQLite's shell reads a statement to its first NUL. */
  static String text(String text) {
    return text.indexOf('\0') < 0
        ? Meaning.literal(text)
        : "CAST(X'" + HEX.formatHex(text.getBytes(StandardCharsets.UTF_8)) + "' AS TEXT)";
  }

  /**
   * Decimals where every version of SQLite reads them right. Versions before 3.42 round twice:
   * first to the 64 bits of a long double. Where that could matter, the value is written as a whole
   * number by a power of two, which is exact.
   */
  static String real(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "9e999" : "-9e999";
    }
    return value == 0 || isSafe(value) ? Double.toString(value) : exact(value);
  }

  private static boolean isSafe(double value) {
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    BigDecimal off = decimal.subtract(new BigDecimal(value)).abs();
    if (Math.abs(decimal.scale()) > EXACT_POWER || decimal.precision() > DIGITS) {
      return false;
    }
    BigDecimal quarter = new BigDecimal(Math.ulp(value) / 4);
    return off.signum() == 0 || off.compareTo(quarter) < 0;
  }

  private static String exact(double value) {
    int power = Math.getExponent(value) - MANTISSA + 1;
    if (Math.getExponent(value) < Double.MIN_EXPONENT) {
      power = Double.MIN_EXPONENT - MANTISSA + 1;
    }
    long whole = (long) Math.scalb(Math.scalb(value, -power / 2), -power + power / 2);
    StringBuilder text = new StringBuilder(Long.toString(whole)).append(".0");
    String sign = power < 0 ? "/" : "*";
    for (int left = Math.abs(power); left > 0; left -= WORD) {
      text.append(sign).append(1L << Math.min(left, WORD)).append(".0");
    }
    return text.toString();
  }
}
