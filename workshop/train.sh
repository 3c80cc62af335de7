# Makes the start-up caches of a build beside the commands that come first; the next ones start
# faster. Sourced by ./undercroft while the caches are missing.

# train JAVA CLASSPATH FOLDER WORDS...: begins, unless another process is at it. Does not wait.
# With `up` in the foreground the training ends when the server does, and `down` ends one that is
# going on, so that nothing is left when they are done; a later command begins it again.
train() {
  local java=$1 classpath=$2 folder=$3 with=''
  shift 3
  command -v flock >/dev/null && [ -w "$folder" ] || return 0
  case " $* " in
    *' down '*)
      untrain "$folder"
      return 0
      ;;
    *' --detach '*) ;;
    *' up '*) with=$$ ;;
  esac
  (
    exec 9>>"$folder/training" </dev/null >/dev/null 2>&1
    flock -n 9 || exit 0
    echo "$BASHPID" >"$folder/training"
    renice -n 10 "$BASHPID" || true
    place=$(mktemp -d)
    work=
    trap '' HUP INT
    trap end_training TERM EXIT
    [ -z "$with" ] || trap end_training INT # while the server stops, not after it
    set -m # the work gets a process group, and can be ended as a whole
    make_caches "$java" "$classpath" "$folder" "$place" 9>&- &
    work=$!
    while kill -0 "$work"; do
      [ -z "$with" ] || kill -0 "$with" || exit 0
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
  trap '' TERM INT
  trap - EXIT
  local left=400
  while [ -n "$work" ] && [ "$left" -gt 0 ] && kill -TERM -- "-$work"; do
    sleep 0.05
    left=$((left - 1))
  done
  rm -rf "$place"
  exit 0
}
