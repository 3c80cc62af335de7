package dev.undercroft.apps.epic;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Refusals;
import java.util.Map;

/** What the rules of the database are called towards people. */
final class Wordings {

  static final Refusals REFUSALS =
      new Refusals(
          Map.of(
              "presets_one_default_key",
              conflict("DEFAULT_PRESET", "another preset has become the default meanwhile")
                  .withRemedy("Send it again."),
              "projects_no_active_jobs",
              activeJobs(),
              "projects_transition",
              conflict("PROJECT_STATUS", "the project cannot go to this status from its own")
                  .withRemedy("Read the project again; see the allowed steps in the manual.")
                  .with("pointer", "/status"),
              "jobs_transition",
              conflict("JOB_STATUS", "the job cannot go to this status from its own")
                  .withRemedy("Read the job again."),
              "jobs_attempts_left",
              conflict("JOB_ATTEMPTS", "the job has been tried three times")
                  .withRemedy("Make a new job."),
              "jobs_project_live",
              conflict("PROJECT_DELETED", "the project has been deleted")
                  .withRemedy("Ask an administrator to restore it."),
              "scenes_image_asset_id_fkey",
              Problem.of("EPIC_NO_ASSET", ProblemKind.INPUT, "there is no such asset of yours")
                  .withRemedy("Upload the picture first.")
                  .with("pointer", "/imageAssetId"),
              "users_email_lower_key",
              conflict("EMAIL_TAKEN", "this address has an account")
                  .withRemedy("Sign in with it.")));

  private Wordings() {}

  static Problem activeJobs() {
    return conflict("ACTIVE_JOBS", "a job of the project is queued or running")
        .withRemedy("Cancel the job, or wait for it.");
  }

  private static Problem conflict(String what, String message) {
    return Problem.of("EPIC_" + what, ProblemKind.CONFLICT, message);
  }
}
