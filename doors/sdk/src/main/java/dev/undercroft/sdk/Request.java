package dev.undercroft.sdk;

import java.util.List;
import java.util.Optional;

/**
 * A request, already checked against what its {@link Route} declares. One thread at a time.
 *
 * <p>The typed getters give the type the parameter was declared with; asking for a parameter that
 * was not declared, or for another type, is a defect of the application and throws {@link
 * IllegalArgumentException}.
 */
public interface Request {

  /** The id of this request, as the caller sent it or as the door made it; also in the answer. */
  String id();

  /** Who is asking. */
  Caller caller();

  /** How much this caller may be told. */
  Detail detail();

  /** The address the request came from. */
  String remoteAddress();

  /** A part of the path. */
  <T> T path(String name, Class<T> type);

  /** A part of the query, or what counts when it is absent; empty when there is neither. */
  <T> Optional<T> query(String name, Class<T> type);

  /** All values of a part of the query that may stand several times. */
  <T> List<T> queries(String name, Class<T> type);

  /** A header, whether declared or not; names are compared without regard to case. */
  Optional<String> header(String name);

  /** The JSON body. */
  <T> T body(Class<T> type);
}
