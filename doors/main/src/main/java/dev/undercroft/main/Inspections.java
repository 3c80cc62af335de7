package dev.undercroft.main;

import dev.undercroft.platform.ConfigReport;
import dev.undercroft.platform.ConnectionUrls;
import dev.undercroft.platform.DoctorReport;
import dev.undercroft.platform.HealthReport;
import dev.undercroft.platform.HealthReport.ProjectHealth;
import dev.undercroft.platform.InspectCommand;
import dev.undercroft.platform.InspectVerbs;
import dev.undercroft.platform.OpenProjects;
import dev.undercroft.platform.SettingsVerbs;
import java.time.Instant;
import java.util.List;

/** Carries out {@link InspectCommand}s. Thread-safe. */
final class Inspections implements InspectVerbs {

  private final OpenProjects.Opener opener;
  private final SettingsVerbs settings;

  Inspections(OpenProjects.Opener opener, SettingsVerbs settings) {
    this.opener = opener;
    this.settings = settings;
  }

  @Override
  public HealthReport health(InspectCommand.Health command) {
    try (OpenProjects open = opener.open(command.scope())) {
      List<ProjectHealth> healths =
          HealthReports.each(open.projects().stream().map(project -> project.inside()).toList());
      return HealthReports.of(healths, Instant.now());
    }
  }

  @Override
  public DoctorReport doctor(InspectCommand.Doctor command) {
    return new Doctor(command.scope()).look();
  }

  @Override
  public ConnectionUrls url(InspectCommand.Url command) {
    return ConnectionStrings.of(command);
  }

  @Override
  public ConfigReport config(InspectCommand.Config command) {
    return settings.config(command);
  }
}
