package dev.undercroft.main;

import dev.undercroft.base.ByteSize;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.embedded.LeftData;
import dev.undercroft.platform.DoctorReport;
import dev.undercroft.platform.DoctorReport.Check;
import dev.undercroft.platform.DoctorReport.Result;
import dev.undercroft.platform.Scope;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.Purpose;
import dev.undercroft.settings.ServerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Looks for what would get in the way of `up`. One thread at a time. */
final class Doctor {

  private static final int JAVA = 25;
  private static final ByteSize LITTLE = new ByteSize(1L << 30);
  private static final ByteSize TOO_LITTLE = new ByteSize(200L << 20);

  private final Scope scope;
  private final List<Check> checks = new ArrayList<>();

  Doctor(Scope scope) {
    this.scope = scope;
  }

  DoctorReport look() {
    java();
    try {
      Ground ground = Ground.read(scope, Purpose.START);
      int projects = ground.projects().size();
      fine(
          "settings",
          projects + (projects == 1 ? " project" : " projects") + ", all settings right");
      ground.settings().warnings().forEach(warning -> add("settings", Result.WARNING, warning));
      ground.projects().keySet().forEach(this::files);
      disk(ground.state().folder());
      port(ground);
      leftData();
    } catch (ProblemException wrong) {
      wrong.problems().forEach(problem -> add("settings", Result.BROKEN, problem));
    }
    return new DoctorReport(checks);
  }

  private void java() {
    int feature = Runtime.version().feature();
    checks.add(
        new Check(
            "Java",
            feature >= JAVA ? Result.FINE : Result.BROKEN,
            Runtime.version() + " at " + System.getProperty("java.home"),
            feature >= JAVA ? "" : "Install a JDK " + JAVA + " or later."));
  }

  private void files(Project project) {
    boolean migrations = Files.isDirectory(project.migrations());
    checks.add(
        new Check(
            "project " + project.name(),
            migrations ? Result.FINE : Result.WARNING,
            migrations
                ? "migrations in " + project.migrations()
                : "no folder " + project.migrations(),
            migrations ? "" : "Write the first migration there."));
  }

  /** The folder itself may not be there yet; the workspace's folder above it is. */
  private void disk(Path folder) {
    try {
      Path existing = Files.exists(folder) ? folder : Objects.requireNonNull(folder.getParent());
      ByteSize free = new ByteSize(Files.getFileStore(existing).getUsableSpace());
      Result result =
          free.compareTo(TOO_LITTLE) < 0
              ? Result.BROKEN
              : free.compareTo(LITTLE) < 0 ? Result.WARNING : Result.FINE;
      checks.add(
          new Check(
              "disk",
              result,
              free + " free at " + existing,
              result == Result.FINE ? "" : "Make room; the server stops when the disk is full."));
      checks.add(
          new Check(
              "permissions",
              Files.isWritable(existing) ? Result.FINE : Result.BROKEN,
              existing + (Files.isWritable(existing) ? " can be written" : " cannot be written"),
              Files.isWritable(existing) ? "" : "Make the folder writable for this account."));
    } catch (IOException unknown) {
      checks.add(new Check("disk", Result.WARNING, String.valueOf(unknown.getMessage()), ""));
    }
  }

  /** Whoever deleted a project's folder may not know that its data were kept elsewhere. */
  private void leftData() {
    for (LeftData left : LeftData.find()) {
      checks.add(
          new Check(
              "left data",
              Result.WARNING,
              left.place() + " holds data of " + left.home() + ", which is gone",
              "If nobody needs them: rm -r " + left.place()));
    }
  }

  private void port(Ground ground) {
    int port = ground.settings().get(ServerSettings.PORT);
    boolean ours =
        new RunFile(ground.state().runFile())
            .read()
            .filter(run -> run.process().isPresent())
            .isPresent();
    if (ours) {
      fine("port", "an instance of this workspace runs");
      return;
    }
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      fine("port", socket.getLocalPort() + " is free");
    } catch (IOException taken) {
      checks.add(
          new Check(
              "port",
              Result.BROKEN,
              port + " is taken",
              "Stop what listens there, or choose another with --port."));
    }
  }

  private void fine(String name, String found) {
    checks.add(new Check(name, Result.FINE, found, ""));
  }

  private void add(String name, Result result, Problem problem) {
    checks.add(new Check(name, result, problem.message(), problem.remedy()));
  }
}
