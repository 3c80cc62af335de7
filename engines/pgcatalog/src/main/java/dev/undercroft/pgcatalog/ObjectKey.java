package dev.undercroft.pgcatalog;

/**
 * How the server's own tables name an object. Immutable.
 *
 * @param catalog the oid of the system table it stands in
 * @param oid its row
 * @param column the number of a column of it, or 0
 */
record ObjectKey(long catalog, long oid, int column) {

  ObjectKey whole() {
    return new ObjectKey(catalog, oid, 0);
  }
}
