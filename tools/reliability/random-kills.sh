#!/bin/sh
# Kills each command by kill -9 at random moments, repeats or resumes it, and compares what it leaves
# with what a command leaves that was never killed. Kills fall by turns into each phase of a command,
# at a random moment of it; a command that is resumed is killed once more in the resume.
#
# search, refine (a search with refinement), train, tune and retrain must end with the same results,
# journal, weights, checkpoints and pictures. After a kill, the answers of predict -o and the version
# of export must be whole or not there, and the repeated command gives the same bytes.
#
# Usage: random-kills.sh [KILLS] [COMMAND ...]   (of each command; default: 10, all seven)
set -eu
here=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
kills=10
if [ $# -gt 0 ]; then
  kills=$1
  shift
fi
[ $# -gt 0 ] || set -- search refine train tune retrain export predict
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tandem=$here/tandem
[ -x "$tandem" ] || tandem=$here/bin/tandem
# Everything of a run is the same only in the same place: it is written into its files.
place=$work/place
export TMPDIR="$work/tmp"
mkdir "$place" "$TMPDIR"
cd "$place"

small="--set space.perceptron.layers=1 --set space.perceptron.units=8 --set export.batch_sizes=1
  --set space.perceptron.dropouts=0.1 --set controller.lstm_units=8 --set search.batch=32
  --set search.validation_batch=32 --set search.shared_steps=2 --set search.samples=2
  --set search.derive.samples=10 --set search.derive.keep=3 --set search.derive.examples=5000
  --set search.budget.examples=40000 --set report.checkpoint_every=5
  --set retrain.examples=20000 --set retrain.checkpoint_every=40"
network='[{"units":8,"activation":"tanh","dropout":0.1,"adds":[]}]'

# The command under test, from its beginning; takes the place of the shell. $small is several words.
# shellcheck disable=SC2086
begin() {
  case $command in
    search) exec "$tandem" search $small --out run ;;
    refine)
      exec "$tandem" search $small --set search.refine.steps=5 --set search.refine.horizon=100 --out run
      ;;
    train) exec "$tandem" train $small --architecture "$network" --out run ;;
    tune)
      exec "$tandem" tune --set tune.learning_rate.granularity=GLOBAL --set tune.steps=20 \
        --set tune.batch=64 --set tune.outer.steps=12 --set report.checkpoint_every=2 --out run
      ;;
    retrain) exec "$tandem" retrain run ;;
    export) exec "$tandem" export ../finished --to served ;;
    predict) exec "$tandem" predict ../finished --input ../rows.csv -o answers.csv ;;
  esac
}

# The command that does what is left. A kill may fall before there is a run.
again() {
  case $command in
    search | refine | train)
      if [ -d run ]; then exec "$tandem" search --resume run; else begin; fi
      ;;
    tune)
      if [ -d run ]; then exec "$tandem" tune --resume run; else begin; fi
      ;;
    *) begin ;;
  esac
}

# What there is before the command: a finished run, and answers of an earlier day by turns.
prepare() {
  rm -rf "$place"/* "$place"/.[!.]*
  case $command in
    retrain) cp -R ../finished run ;;
    predict) [ $(($1 % 2)) -eq 0 ] || echo former >answers.csv ;;
  esac
}

# Lines by which phases of the command begin on the standard error, and seconds that they take at most.
phases() {
  case $command in
    search) echo 'data: |3
search: |2
score candidates: |1
train candidates: |2
retrain: |2
export: |1' ;;
    refine) echo 'refines |1
refine: |1
refine: 3|1
retrain: |2' ;;
    train) echo 'data: |2
retrain: |2
export: |1' ;;
    tune) echo "|$whole
tune: |3" ;;
    retrain) echo 'device: |2
retrain: |1' ;;
    *) echo "|$whole" ;;
  esac
}

# What must not differ: everything but times, checksums over times, notes of sessions and events for
# TensorBoard. A version that is exported again has the next number, so versions go by their content.
facts() {
  case $command in
    predict) cksum answers.csv ;;
    export) versions served ;;
    *)
      grep -v '"name":"\(resume\|torn_tail\|interrupted\|damaged_checkpoint\|test_again\)"' \
        run/journal.jsonl | sed 's/"seconds":[^,}]*//; s/"crc":[^,}]*//'
      grep -v 'budget.seconds' run/result.json
      grep -v '"started"' run/run.json
      versions run/model
      find run -type f ! -path 'run/tensorboard/*' ! -path 'run/model/*' ! -name lock \
        ! -name holder.json | sort
      find run -type f ! -path 'run/tensorboard/*' ! -path 'run/model/*' ! -name lock \
        ! -name holder.json ! -name journal.jsonl ! -name result.json ! -name run.json ! -name manifest.json |
        sort | xargs cksum
      ;;
  esac
  find . -name '.*' ! -name . | sort
}

versions() {
  [ ! -d "$1" ] || for version in "$1"/*; do
    (cd "$version" && find . -type f | sort | xargs cksum)
    case $version in */1) echo "first" ;; esac
  done | sort -u
}

# Whether what there is after a kill is whole, as far as the command makes one thing only.
whole_or_absent() {
  case $command in
    predict)
      [ ! -e answers.csv ] || cmp -s answers.csv ../answers || [ "$(cat answers.csv)" = former ]
      ;;
    export)
      [ -z "$(ls served 2>/dev/null)" ] || [ "$(facts | grep -v '^[.]/served/[.]')" = "$(cat ../expected)" ]
      ;;
  esac
}

# Whether the process still runs: one that has ended stays until it is waited for, in state Z.
runs() {
  kill -0 "$process" 2>/dev/null && ! grep -qs '^State:[[:space:]]*Z' "/proc/$process/status"
}

# Waits until the log has a line that begins with the pattern, if one is given, or the process ends.
await() {
  while [ -n "$1" ] && runs && ! grep -q "^$1" ../log; do
    sleep 0.05
  done
}

# A part of the seconds. The first numbers after a seed are alike.
random() {
  awk "BEGIN { srand($1 * 7919); for (i = 0; i < 20; i++) rand(); print rand() * $2 }"
}

# Runs in a process of its own and kills it in the phase; $where is the line after which, or empty if it
# had ended.
kill_in() {
  "$1" >../log 2>&1 &
  process=$!
  await "$3"
  sleep "$(random "$2" "$4")"
  kill -9 "$process" 2>/dev/null || true
  status=0
  wait "$process" 2>/dev/null || status=$?
  where=
  [ "$status" -eq 137 ] || return 0
  fallen=$((fallen + 1))
  where=$(grep -v '^WARNING\|^I0000' ../log | tail -n 1 | cut -c 1-60)
  where="'${where:-the start}'"
}

# The lines of one command; the last one counts.
try_command() {
  fallen=0 differing=0 number=0
  prepare 0
  began=$(date +%s)
  (begin) >../log 2>&1 || { cat ../log >&2; exit 1; }
  whole=$(($(date +%s) - began + 1))
  facts >../expected
  [ "$command" != predict ] || cp answers.csv ../answers
  while [ "$fallen" -lt "$kills" ]; do
    number=$((number + 1))
    prepare "$number"
    lines=$(phases | wc -l)
    phase=$(phases | sed -n "$((number % lines + 1))p")
    kill_in begin "$number" "${phase%|*}" "${phase#*|}"
    first=$where verdict=equal second=
    whole_or_absent || verdict='HALF WRITTEN'
    case $command in
      export | predict) ;;
      *) if [ "$fallen" -lt "$kills" ]; then
           kill_in again "$((number + 1000))" '' "$whole"
           second=${where:+, again after $where}
         fi ;;
    esac
    (again) >../log 2>&1 || verdict="FAILED ($(tail -n 1 ../log))"
    facts >../actual 2>&1 || true
    if [ "$verdict" = equal ] && ! cmp -s ../expected ../actual; then
      verdict=DIFFERS
      diff ../expected ../actual | head -n 10 || true
    fi
    [ "$verdict" = equal ] || differing=$((differing + 1))
    echo "$command $number, killed after ${first:-its end}$second: $verdict"
  done
  all=$((all + fallen)) all_differing=$((all_differing + differing))
  echo "$command: $fallen kills, $differing differing"
}

command=search
# shellcheck disable=SC2086
"$tandem" search $small --out ../finished >../log 2>&1 || { cat ../log >&2; exit 1; }
awk 'BEGIN { for (row = 0; row < 20000; row++)
  for (column = 1; column <= 64; column++)
    printf "%d%s", (row * column * 7 + column) % 17, column < 64 ? "," : "\n" }' >../rows.csv
all=0 all_differing=0
for command; do
  try_command
done
echo "$all kills, $all_differing differing"
[ "$all_differing" -eq 0 ]
