# Times commands side by side and keeps the table. Sourced by the benches; $place is their folder.

now() { date +%s%N; }
# timed NAME COMMAND...: adds its milliseconds to the file NAME.
timed() {
  local name=$1 begin
  shift
  begin=$(now)
  "$@" >"$place/last" 2>&1 || { echo "$name failed: $*" >&2 && cat "$place/last" >&2 && exit 1; }
  echo $((($(now) - begin) / 1000)) >>"$place/$name.times"
}

# middle FILE, least FILE, most FILE: seconds with three digits.
middle() { sort -n "$place/$1.times" | awk '{ v[NR] = $1 } END { printf "%.3f", v[int((NR + 1) / 2)] / 1e6 }'; }
least() { sort -n "$place/$1.times" | awk 'NR == 1 { printf "%.3f", $1 / 1e6 }'; }
most() { sort -n "$place/$1.times" | awk '{ m = $1 } END { printf "%.3f", m / 1e6 }'; }
row() { # WHAT OURS PEER-NAME PEER
  printf '| %s | %s s (%s to %s) | %s: %s s (%s to %s) | %s |\n' "$1" \
    "$(middle "$2")" "$(least "$2")" "$(most "$2")" "$3" "$(middle "$4")" "$(least "$4")" "$(most "$4")" \
    "$(awk -v a="$(middle "$2")" -v b="$(middle "$4")" 'BEGIN { printf "%.2f", a / b }')"
}

# machine: the day and what it is measured on.
machine() {
  echo "$(date +%Y-%m-%d); $(nproc) × $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1), $(awk '/MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo)"
}

# record NAME: puts the table in $place/table between the marks of that name in docs/benchmarks.md.
record() {
  awk -v table="$place/table" -v begin="<!-- $1 -->" -v end="<!-- end of $1 -->" '
    $0 == begin { print; print ""; while ((getline line < table) > 0) print line; print ""; skip = 1; next }
    $0 == end { skip = 0 }
    !skip { print }' docs/benchmarks.md >"$place/page"
  cp "$place/page" docs/benchmarks.md
}

# warm: builds, and waits for the start-up caches.
warm() {
  undercroft --version >/dev/null
  echo "waiting for the start-up caches" >&2
  while [ ! -e target/launcher/current/trained ]; do sleep 1; done
}
