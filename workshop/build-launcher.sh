# Builds what ./undercroft runs into target/launcher/NUMBER and points `current` at it. Sourced.
# A process that runs keeps its own folder; one build at a time, others wait for it and use it.
# What Maven writes lies apart from what ./build writes (target/run in each module): this build skips
# the checks, and ./build must not take its classes for checked ones.

build_launcher() {
  if ! mkdir -p "$state" 2>/dev/null || [ ! -w "$state" ]; then
    if [ -f "$current/stamp" ]; then
      echo "undercroft: the sources are newer than the build, but $state cannot be written; running the old build" >&2
      return 0
    fi
    echo "undercroft: there is no build yet, and $state cannot be written" >&2
    echo "  → Run ./undercroft version once as the owner of $home." >&2
    exit 1
  fi
  exec 9>"$state/lock"
  if command -v flock >/dev/null; then
    flock -n 9 || { echo "undercroft: another process builds; waiting for it" >&2 && flock 9; }
  fi
  is_fresh || build_now
  exec 9>&-
}

build_now() {
  if ! command -v mvn >/dev/null; then
    echo "undercroft: Maven is needed to build from the sources, and there is no mvn on the PATH" >&2
    echo "  → Install Maven 3.8 or newer (Debian and Ubuntu: apt install maven; macOS: brew install maven)," >&2
    echo "    or use the packaged distribution, which needs neither Maven nor a JDK." >&2
    exit 1
  fi
  # shellcheck source=workshop/find-jdk.sh
  source "$home/workshop/find-jdk.sh"
  export JAVA_HOME
  local folder log=$state/build.log started=$SECONDS
  remove_old_builds
  folder=$(mktemp -d "$state/build-XXXXXX")
  chmod 755 "$folder"
  touch "$folder/stamp"
  say "building from the sources (only when they changed)"
  if ! run_maven "$log"; then
    rm -rf "$folder"
    say ''
    echo "undercroft: the build failed" >&2
    grep -E '^\[ERROR\]' "$log" | grep -vE 're-run Maven|Help 1|^\[ERROR\] *$' | head -30 >&2 || true
    echo "  → The whole output is in $log." >&2
    exit 1
  fi
  mkdir "$folder/lib"
  cp -p "$home"/doors/main/target/run/{lib/*,undercroft-main-*}.jar "$folder/lib/"
  for jar in "$home"/apps/*/target/run/undercroft-*.jar; do
    case $jar in *'*'* | *-sources.jar | *-tests.jar) ;; *) cp -p "$jar" "$folder/lib/" ;; esac
  done
  printf '%s\n' "$JAVA_HOME" >"$folder/java"
  ln -sfn "${folder##*/}" "$state/next"
  mv -T "$state/next" "$current" 2>/dev/null || { rm -f "$current" && mv "$state/next" "$current"; }
  say ''
  echo "undercroft: built in $((SECONDS - started)) s" >&2
}

# Shows one line on a terminal that the next one replaces; elsewhere only the first.
say() {
  if [ -t 2 ]; then
    printf '\r\033[K%s' "${1:+undercroft: $1}" >&2
  elif [ -z "${said:-}" ]; then
    said=yes
    echo "undercroft: $1" >&2
  fi
}

run_maven() {
  local line modules
  modules=$(cd "$home" && ls -d apps/*/pom.xml | sed 's,/pom.xml,,' | paste -sd, -)
  (
    cd "$home"
    mvn -B -ntp -T 1C -Plauncher package -Dmaven.test.skip=true -pl "doors/main,$modules" -am 9>&- 2>&1
  ) | tee "$1" | while IFS= read -r line; do
    case $line in
      '[INFO] Building '*'['*']'*)
        line=${line#\[INFO\] Building }
        say "building ${line%% *} [${line##*[}, $((SECONDS - started)) s"
        ;;
    esac
  done
  return "${PIPESTATUS[0]}"
}

# Keeps the build in use, which a running process may still read.
remove_old_builds() {
  local folder now
  now=$(readlink "$current" 2>/dev/null || true)
  for folder in "$state"/build-*/; do
    folder=${folder%/}
    [ "${folder##*/}" = "$now" ] || rm -rf "$folder" || true
  done
}
