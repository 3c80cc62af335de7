# Sets JAVA_HOME to a JDK 25 or newer, or says what to install. Sourced by ./build and ./undercroft.
find_jdk() {
  local home release major
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$(dirname "$(dirname "$(readlink -f "$(command -v javac || echo /nowhere/bin/javac)")")")"; do
    release="$home/release"
    [ -x "$home/bin/javac" ] && [ -r "$release" ] || continue
    major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release")
    if [ "${major:-0}" -ge 25 ]; then
      JAVA_HOME=$home
      return 0
    fi
  done
  cat >&2 <<'EOF'
undercroft: no JDK 25 was found in JAVA_HOME, /usr/lib/jvm or PATH.
Install one (for example Eclipse Temurin 25: the package temurin-25-jdk, or `sdk install java 25-tem`),
or set JAVA_HOME to it. The packaged distribution needs no JDK: it brings its own runtime.
EOF
  return 1
}
find_jdk || exit 1
