package dev.undercroft.platform;

/**
 * Who carries out the verbs, area by area, once they are allowed. Immutable.
 *
 * @param life starts, stops and watches
 * @param migrate changes databases
 * @param project makes projects and what is derived from them
 * @param inspect looks
 * @param schema reads, compares and changes schemas
 * @param draft makes migrations
 * @param push brings a schema to a development database
 * @param squash makes one migration of several
 * @param backup takes, keeps and restores backups
 * @param safety proves what is private and what was noted
 */
public record Verbs(
    LifeVerbs life,
    MigrateVerbs migrate,
    ProjectVerbs project,
    InspectVerbs inspect,
    SchemaVerbs schema,
    DraftVerb draft,
    PushVerb push,
    SquashVerb squash,
    BackupVerbs backup,
    SafetyVerbs safety) {}
