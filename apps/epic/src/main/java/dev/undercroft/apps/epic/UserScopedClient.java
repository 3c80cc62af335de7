package dev.undercroft.apps.epic;

/**
 * The rows of one user: no operation of this handle reads or changes a row of anybody else, also
 * when an administrator holds it. Immutable, thread-safe.
 *
 * @param scope whose rows
 */
record UserScopedClient(Scope scope) {

  ScopedProjects projects() {
    return new ScopedProjects(scope);
  }

  ScopedScenes scenes() {
    return new ScopedScenes(scope);
  }

  ScopedJobs jobs() {
    return new ScopedJobs(scope);
  }

  ScopedAssets assets() {
    return new ScopedAssets(scope);
  }

  ScopedPresets presets() {
    return new ScopedPresets(scope);
  }
}
