# Starts the program. Sourced by ./undercroft and by bin/undercroft of the distribution.
#
# launch JAVA CLASSPATH CACHES WORDS...: CACHES is the folder with the ahead-of-time caches, or empty.
# quick.aot keeps what the pages of help and `version` need, read.aot what only looks, full.aot
# everything that was rehearsed: a cache costs time for each class it holds and links.
launch() {
  local java=$1 classpath=$2 caches=$3 word cache=full before=()
  shift 3
  local options=(-XX:-UsePerfData -Xlog:disable --enable-native-access=ALL-UNNAMED)
  for word in "$@"; do
    case $word in
      -h | --help | -V | --version) ;;
      -*) continue ;;
    esac
    break
  done
  case ${word:-} in
    up) # it serves for long: all compilers, the collector that fits the machine
      # Scripts start `up` in the background, where shells let it ignore the interrupt; it ends by it all the same.
      env --default-signal=INT true 2>/dev/null && before=(env --default-signal=INT)
      ;;
    *) options+=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC) ;;
  esac
  case " $* " in
    '  ' | ' version ' | ' -V ' | ' --version ' | ' help '* | *' --help ' | *' -h ') cache=quick ;;
    ' status '* | ' config '* | ' url '* | *' migrate status '*) cache=read ;;
  esac
  if [ -n "$caches" ] && [ -r "$caches/$cache.aot" ]; then
    options+=("-XX:AOTCache=$caches/$cache.aot")
  fi
  # Which of the three streams are terminals, and how wide they are: the JDK would load much to tell.
  local tty='' size=''
  [ -t 0 ] && tty+=0
  [ -t 1 ] && tty+=1
  [ -t 2 ] && tty+=2
  options+=("-Dundercroft.tty=$tty")
  case $tty in
    *1* | *2*) [ -t 0 ] && size=$(stty size 2>/dev/null) && options+=("-Dundercroft.columns=${size#* }") ;;
  esac
  exec ${before[@]+"${before[@]}"} "$java" "${options[@]}" -cp "$classpath" dev.undercroft.main.Main "$@"
}

# class_path FOLDER: sets `classpath` to its jars, the product's own first, because classes are
# looked for in this order.
class_path() {
  local jar
  classpath=
  for jar in "$1"/undercroft-*.jar; do
    classpath+=${classpath:+:}$jar
  done
  for jar in "$1"/*.jar; do
    case ${jar##*/} in undercroft-*) ;; *) classpath+=:$jar ;; esac
  done
}

# make_caches JAVA CLASSPATH FOLDER PLACE: training runs and the caches that come of them. Two start
# a server of their own in PLACE, an empty folder, which the caller removes. Without a cache
# everything works, only slower, so a failure is no failure of the build.
make_caches() {
  local java=$1 classpath=$2 folder=$3 place=$4
  chmod 755 "$place"
  rehearse_on "$place"
  printf 'create table one (id integer primary key);\ncreate table two (id integer references one);\n' \
    >"$place/wanted.sql"
  printf 'create table one (id bigint primary key, name text not null unique);\n' >"$place/other.sql"
  make_cache "$java" "$classpath" "$place" "$folder/quick.aot" -XX:-AOTClassLinking -- \
    '' --help version 'migrate status --help' 'up -h' 'help migrate' 'help secrets generate'
  make_cache "$java" "$classpath" "$place" "$folder/read.aot" -- \
    '@beside up --port 0' 'migrate status' 'migrate status --json' 'migrate status --project other' \
    status 'status --json' config 'config --json' url statsu
  make_cache "$java" "$classpath" "$place" "$folder/full.aot" -- \
    'up --port 0' 'migrate status' 'migrate status --json' setup status health 'config --json' \
    'schema inspect --from wanted.sql --scratch @server' \
    'schema inspect --from wanted.sql --scratch @server --format json --out wanted.json' \
    'schema diff --from wanted.json --to other.sql --scratch @server --format json' \
    'schema plan --from wanted.sql --to other.sql --scratch @server --json plan.json --out plan.sql' \
    'schema apply --url @server --to wanted.sql --scratch @server --yes --allow all' \
    'schema apply --url @server --to other.sql --scratch @server --yes --allow all --json' \
    'schema apply --url @server --to missing.sql --scratch @server --yes' statsu
}

# rehearse_on FOLDER: writes a workspace of two projects with what projects usually have.
rehearse_on() {
  local project
  printf '[workspace]\nprojects = [\n  "rehearsal",\n  "other",\n]\n' >"$1/undercroft.toml"
  for project in rehearsal other; do
    mkdir -p "$1/$project/migrations/20260101000000_first" "$1/$project/migrations/20260102000000_second" \
      "$1/$project/seed"
    printf '# A project.\n[project]\nname = "%s"\ntitle = "One"\n\n[database]\nname = "%s"\n\n[variables.%s]\n%s' \
      "$project" "$project" SIGNING_SECRET \
      $'type = "secret"\nrequired = "production"\ndescription = "Signs"\n' >"$1/$project/undercroft.toml"
    printf 'create table one (id integer primary key);\n' \
      >"$1/$project/migrations/20260101000000_first/migration.sql"
    printf 'create index concurrently one_id on one (id);\n' \
      >"$1/$project/migrations/20260102000000_second/migration.sql"
    printf 'insert into one values (1) on conflict (id) do nothing;\n' >"$1/$project/seed/10_one.sql"
  done
}

# make_cache JAVA CLASSPATH PLACE FILE OPTIONS... -- LINES...: records what the lines load, in two
# steps, because the one-step form hands the class path on in a way that breaks at blanks. What an
# interrupted training has made already, stays.
make_cache() {
  local java=$1 classpath=$2 place=$3 file=$4 common=(-XX:+UseSerialGC --enable-native-access=ALL-UNNAMED)
  [ ! -e "$file" ] || return 0
  shift 4
  while [ "$1" != -- ]; do
    common+=("$1")
    shift
  done
  shift
  (
    cd "$place"
    unset UNDERCROFT_ENVIRONMENT ENVIRONMENT NODE_ENV
    "$java" "${common[@]}" -XX:AOTMode=record \
      "-XX:AOTConfiguration=$place/record" -cp "$classpath" dev.undercroft.main.Rehearsal "$@" &&
      "$java" "${common[@]}" -XX:AOTMode=create "-XX:AOTConfiguration=$place/record" \
        "-XX:AOTCache=$file.new" -cp "$classpath" &&
      mv "$file.new" "$file"
  ) </dev/null >"$file.log" 2>&1 || rm -f "$file.new"
}
