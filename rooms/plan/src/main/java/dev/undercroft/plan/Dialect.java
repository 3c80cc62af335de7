package dev.undercroft.plan;

import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import java.util.List;
import java.util.Optional;

/** How an engine carries out changes. An engine implements it; stateless and thread-safe. */
public interface Dialect {

  /** Whether this change is only possible by dropping the object and making it again. */
  boolean mustReplace(Change.Altered change, Situation situation);

  /**
   * Whether an object that needs the altered one must be out of the way while it is altered: the
   * server would refuse otherwise.
   */
  boolean disturbs(Change.Altered change, CatalogObject dependent, Situation situation);

  /**
   * The type that must be made anew under its name for this change while columns hold its values,
   * so that they are carried over: the changed one, or the one whose field or check has changed.
   */
  Optional<ObjectId> swaps(Change change, Situation situation);

  /** The statements that give the object its new name. */
  List<Step> rename(Change.Renamed rename, Situation situation);

  /**
   * The statements that make the object.
   *
   * @param inline objects that shall be made by the same statement, in order: columns of a table,
   *     their defaults, its constraints
   */
  List<Step> create(CatalogObject object, List<CatalogObject> inline, Situation situation);

  /** The statements that make the standing object what it shall be; empty if nothing is needed. */
  List<Step> alter(Change.Altered change, Situation situation);

  /** The statements that drop the object. */
  List<Step> drop(CatalogObject object, Situation situation);
}
