# Makes the start-up caches of a build beside the commands that come first; the next ones start
# faster. Sourced by ./undercroft while the caches are missing.

# train JAVA CLASSPATH FOLDER WORDS...: begins, unless another process is at it. Does not wait.
# Not beside an `up` in the foreground, whose end shall leave no process; `down` ends a training that
# is going on. A later command begins it again.
train() {
  local java=$1 classpath=$2 folder=$3
  shift 3
  command -v flock >/dev/null && [ -w "$folder" ] || return 0
  case " $* " in
    *' down '*)
      untrain "$folder"
      return 0
      ;;
    *' --detach '* | *' --help '*) ;;
    *' up '*) return 0 ;;
  esac
  (
    exec 9>>"$folder/training" </dev/null >/dev/null 2>&1
    flock -n 9 || exit 0
    echo "$BASHPID" >"$folder/training"
    renice -n 10 "$BASHPID" || true
    place=$(mktemp -d)
    work=
    trap end_training TERM EXIT
    trap '' HUP INT
    set -m # the work gets a process group, and can be ended as a whole
    make_caches "$java" "$classpath" "$folder" "$place" 9>&- &
    work=$!
    while kill -0 "$work"; do
      sleep 0.2
    done
    touch "$folder/trained"
  ) &
}

# untrain FOLDER: ends a training that is going on, and waits until nothing of it is left.
untrain() {
  local pid
  exec 9>>"$1/training"
  if ! flock -n 9 && read -r pid <"$1/training"; then
    kill -TERM "$pid" 2>/dev/null || true
    flock -w 30 9 || true
  fi
  exec 9>&-
}

# A process that rehearses stops its database server when it is asked to end, which takes a moment.
end_training() {
  trap - TERM EXIT
  local left=400
  while [ -n "$work" ] && [ "$left" -gt 0 ] && kill -TERM -- "-$work"; do
    sleep 0.05
    left=$((left - 1))
  done
  rm -rf "$place"
  exit 0
}
