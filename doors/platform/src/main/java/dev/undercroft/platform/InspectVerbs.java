package dev.undercroft.platform;

/** Carries out {@link InspectCommand}s. Thread-safe implementations only. */
public interface InspectVerbs {

  /** Asks every database how it is. */
  HealthReport health(InspectCommand.Health command);

  /** Looks for what would get in the way. */
  DoctorReport doctor(InspectCommand.Doctor command);

  /** Says how databases are reached. */
  ConnectionUrls url(InspectCommand.Url command);

  /** Lists every setting. */
  ConfigReport config(InspectCommand.Config command);
}
