package dev.undercroft.platform;

/** Who is asking for a verb. Immutable. */
public sealed interface Caller {

  /** A few words for the audit entry; never a secret. */
  String name();

  /**
   * Somebody with an account on this machine who can read the project's folder, at a terminal.
   *
   * @param account the name of the operating system's account
   */
  record LocalOperator(String account) implements Caller {
    @Override
    public String name() {
      return "local:" + account;
    }
  }

  /**
   * Somebody who showed the operator token.
   *
   * @param token the token's fingerprint, not the token
   * @param address the network address the request came from
   */
  record TokenOperator(String token, String address) implements Caller {
    @Override
    public String name() {
      return "token:" + token + "@" + address;
    }
  }

  /**
   * Nobody known.
   *
   * @param address the network address the request came from
   */
  record Anonymous(String address) implements Caller {
    @Override
    public String name() {
      return "anonymous@" + address;
    }
  }
}
