# The launcher's build; sourced by ../../tandem, which knows java, version, build, vendor and home.
# shellcheck shell=sh disable=SC2154

# A directory of its own: mvn and the launcher neither wait for each other nor replace what runs, and the
# compiler's checks, which take most of a build, are left to mvn.
products=$home/target/launcher
stamp=$products/built
lock=$home/.tandem-building

classpath() {
  printf '%s' "$products/tandem.jar:$(cat "$products/classpath.txt")"
}

# Why it has to be built; nothing if it has not.
need() {
  if [ ! -f "$stamp" ] || [ ! -f "$products/classpath.txt" ]; then
    echo "nothing is built"
  elif [ -n "${TANDEM_MAVEN_ARGS:-}" ] && [ "$TANDEM_MAVEN_ARGS" != "$(cat "$stamp")" ]; then
    echo "TANDEM_MAVEN_ARGS is another than what it was built with"
  elif [ -n "$(find "$home/pom.xml" "$home/src/main" -newer "$stamp" -print 2>/dev/null | head -n 1)" ]; then
    echo "the sources are newer than what is built"
  fi
}

build_where_needed() {
  [ -n "$(need)" ] || return 0
  require_tools
  take_lock
  why=$(need)
  [ -z "$why" ] || build "$why"
  release_lock
}

require_tools() {
  command -v mvn >/dev/null ||
    fail "mvn is missing; install Maven 3.8 or newer (Debian, Ubuntu: apt-get install maven)"
  [ ! -r "$jdk/release" ] || [ -x "$jdk/bin/javac" ] ||
    fail "$jdk has no compiler; install a JDK 17 or newer (Debian, Ubuntu: apt-get install openjdk-17-jdk-headless)"
  found=$(mvn -B -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -n 1)
  major=${found% *} minor=${found#* }
  { [ "${major:-0}" -gt 3 ] || { [ "${major:-0}" -eq 3 ] && [ "$minor" -ge 8 ]; }; } ||
    fail "mvn ${major:-?}.${minor:-?} is too old; install Maven 3.8 or newer (Debian, Ubuntu: apt-get install maven)"
}

# One process builds, the others wait. The holder shows a sign every second; a lock without one for a
# minute, or whose process has died, is taken over.
take_lock() {
  waiting='' tries=0
  until mkdir "$lock" 2>/dev/null; do
    tries=$((tries + 1))
    if [ ! -e "$lock" ]; then
      [ "$tries" -lt 3 ] || fail "$home cannot be written; build it as its owner"
    elif abandoned; then
      rm -rf "$lock"
    else
      [ -n "$waiting" ] || echo "tandem: another process is building here; waiting for it" >&2
      waiting=yes
      sleep 1
    fi
  done
  trap release_lock EXIT
  trap 'stop 130' INT
  trap 'stop 143' TERM
  trap 'stop 129' HUP
  echo "$(uname -n) $$" >"$lock/holder"
  echo "${TANDEM_MAVEN_ARGS:-}" >"$lock/started"
}

abandoned() {
  [ -z "$(find "$lock" -prune -mmin +1 2>/dev/null)" ] || return 0
  read -r host process <"$lock/holder" 2>/dev/null || return 1
  [ "$host" = "$(uname -n)" ] && ! kill -0 "$process" 2>/dev/null
}

release_lock() {
  rm -rf "$lock"
  trap - EXIT INT TERM HUP
}

stop() {
  [ -z "${part:-}" ] || kill "$part" 2>/dev/null || :
  release_lock
  exit "$1"
}

build() {
  echo "tandem: $1; building (once, usually less than a minute; the first time 250 MB of libraries are downloaded)" >&2
  # Maven resets the colours of the terminal even where it has set none: the log goes by a file.
  log=$(mktemp) || fail "no file can be made in ${TMPDIR:-/tmp}; make room there"
  if ! waited_for compile; then
    sed "s/$(printf '\033')\[[0-9;]*m//g" "$log" >&2
    rm -f "$log"
    fail "the build failed; the lines above say why"
  fi
  waited_for archive || rm -f "$products/tandem.jsa"
  rm -f "$log"
  mv "$lock/started" "$stamp"
}

# Short work: the quick compiler of Java takes half the time.
compile() {
  cd "$home" || exit
  [ ! -r "$jdk/release" ] || export JAVA_HOME="$jdk"
  # shellcheck disable=SC2086
  MAVEN_OPTS="-XX:TieredStopAtLevel=1 ${MAVEN_OPTS:-}" exec mvn -B -Dstyle.color=never \
    -Dtandem.unchecked -Dtandem.build="$products" -Denforcer.skip process-classes jar:jar \
    ${TANDEM_MAVEN_ARGS:-}
}

# Runs a part of the build and says what it is at: on a terminal in a line that changes, elsewhere every
# ten seconds.
waited_for() {
  "$1" >"$log" 2>&1 &
  part=$!
  shown=
  if [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]; then
    shown=yes
  fi
  while kill -0 "$part" 2>/dev/null; do
    sleep 1
    seconds=$((${seconds:-0} + 1))
    touch "$lock"
    if [ -n "$shown" ]; then
      printf '\r\033[Ktandem: %s, %d s' "$(doing "$1")" "$seconds" >&2
    elif [ $((seconds % 10)) -eq 0 ]; then
      echo "tandem: $(doing "$1"), $seconds s" >&2
    fi
  done
  [ -z "$shown" ] || printf '\r\033[K' >&2
  wait "$part"
}

doing() {
  if [ "$1" = archive ]; then
    echo "preparing quick starts"
    return
  fi
  case $(grep -e '^\[INFO\] --- ' -e 'Downloading from ' "$log" | tail -n 1) in
    *Downloading*) echo "downloading libraries, $(grep -c 'Downloaded from ' "$log") files so far" ;;
    *protobuf*) echo "generating code" ;;
    *compiler*) echo "compiling" ;;
    '') echo "starting Maven" ;;
    *) echo "packing" ;;
  esac
}

# Lays the classes out for the JVM to map (class data sharing): commands start in two thirds of the
# time. Where this fails, they start as they would without. Java 17 crashes on archived lambdas.
archive() {
  list=$products/tandem-classes.txt
  set -- "-XX:ErrorFile=$products/tandem-archive-error.log" -XX:TieredStopAtLevel=1 -cp "$(classpath)"
  "$java" -Xshare:off "-XX:DumpLoadedClassList=$list.all" -Dtandem.home="$home" "$@" \
    io.tandem.cli.Main describe || : "without TensorFlow the list is shorter"
  grep -v '^@lambda' "$list.all" >"$list" &&
    "$java" -Xshare:dump "-XX:SharedClassListFile=$list" \
      "-XX:SharedArchiveFile=$products/tandem.jsa" "$@" &&
    echo "$vendor $build" >"$products/tandem.jsa.java"
}
