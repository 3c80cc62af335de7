package dev.undercroft.sdk;

/** The HTTP methods an application may answer (RFC 9110, section 9; PATCH: RFC 5789). */
public enum Method {
  /** Reads; changes nothing. */
  GET,
  /** Makes or does something. */
  POST,
  /** Replaces. */
  PUT,
  /** Changes in part. */
  PATCH,
  /** Removes. */
  DELETE
}
