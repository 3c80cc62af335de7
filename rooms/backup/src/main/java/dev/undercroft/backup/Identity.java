package dev.undercroft.backup;

/**
 * What {@code repository.json} says.
 *
 * @param format version of the layout
 * @param id random, given once
 * @param encrypted whether everything else is sealed
 */
record Identity(int format, String id, boolean encrypted) {}
