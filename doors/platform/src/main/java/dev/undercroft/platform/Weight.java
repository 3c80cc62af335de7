package dev.undercroft.platform;

/** How much a verb may do; decides who may call it and whether it is audited. */
enum Weight {
  /** Changes nothing. */
  READS,
  /** Changes something that can be changed back or repeated. */
  CHANGES,
  /** Removes rows, objects or files. */
  DESTROYS;

  /** The weight of a command. */
  static Weight of(Command<?> command) {
    return switch (command) {
      case LifeCommand<?> life -> ofLife(life);
      case MigrateCommand<?> migrate -> ofMigrate(migrate);
      case ProjectCommand<?> project -> ofProject(project);
      case InspectCommand<?> inspect -> READS;
      case SchemaCommand<?> schema -> ofSchema(schema);
      case BackupCommand<?> backup -> BackupWeight.of(backup);
      case SafetyCommand<?> safety ->
          safety instanceof SafetyCommand.SealAudit || safety instanceof SafetyCommand.ArchiveAudit
              ? CHANGES
              : READS;
    };
  }

  private static Weight ofLife(LifeCommand<?> command) {
    return switch (command) {
      case LifeCommand.Up up -> CHANGES;
      case LifeCommand.Down down -> CHANGES;
      case LifeCommand.Status status -> READS;
      case LifeCommand.Logs logs -> READS;
    };
  }

  private static Weight ofMigrate(MigrateCommand<?> command) {
    return switch (command) {
      case MigrateCommand.Deploy deploy ->
          deploy.action() == MigrateCommand.Action.DRY_RUN ? READS : CHANGES;
      case MigrateCommand.Draft draft -> CHANGES;
      case MigrateCommand.Squash squash -> CHANGES;
      case MigrateCommand.Push push -> CHANGES;
      case MigrateCommand.Status status -> READS;
      case MigrateCommand.Resolve resolve -> CHANGES;
      case MigrateCommand.Reset reset -> DESTROYS;
      case MigrateCommand.Baseline baseline -> CHANGES;
      case MigrateCommand.Down down -> DESTROYS;
      case MigrateCommand.Seed seed -> CHANGES;
      case MigrateCommand.Setup setup -> CHANGES;
    };
  }

  private static Weight ofSchema(SchemaCommand<?> command) {
    return switch (command) {
      case SchemaCommand.Inspect inspect -> READS;
      case SchemaCommand.Diff diff -> READS;
      case SchemaCommand.Plan plan -> READS;
      case SchemaCommand.Apply apply -> CHANGES;
      case SchemaCommand.ApplyPlan plan -> CHANGES;
      case SchemaCommand.Dump dump -> READS;
      case SchemaCommand.Lint lint -> READS;
      case SchemaCommand.LayOut format -> format.check() ? READS : CHANGES;
    };
  }

  private static Weight ofProject(ProjectCommand<?> command) {
    return switch (command) {
      case ProjectCommand.Init init -> CHANGES;
      case ProjectCommand.Generate generate -> CHANGES;
      case ProjectCommand.GenerateSecrets secrets ->
          secrets.overwrite() == ProjectCommand.Overwrite.REPLACE ? DESTROYS : CHANGES;
    };
  }
}
