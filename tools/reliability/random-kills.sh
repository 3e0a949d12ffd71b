#!/bin/sh
# Kills a small search by kill -9, resumes it, and compares the result, the journal, the exported
# weights and the last checkpoints with those of a run that was never killed. Kills fall by turns into
# the search, the derivation, the retraining and whatever follows it, at a random moment of each, and
# once more into the resume. Prints where each fell. Usage: random-kills.sh [KILLS]
set -eu
here=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
kills=${1:-20}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tandem=$here/tandem
[ -x "$tandem" ] || tandem=$here/bin/tandem
settings="--set search.budget.examples=130000 --set search.derive.keep=3
  --set search.derive.samples=10 --set search.derive.examples=10000 --set retrain.examples=30000
  --set retrain.checkpoint_every=100 --set report.checkpoint_every=5"

# What must not differ: everything but times, checksums over times, and notes of a session.
facts() {
  grep -v '"name":"\(resume\|torn_tail\|interrupted\|damaged_checkpoint\|test_again\)"' \
    "$1/journal.jsonl" |
    sed 's/"seconds":[^,}]*//; s/"crc":[^,}]*//'
  grep -v budget.seconds "$1/result.json"
  cat "$1/test.json"
  (cd "$1" && cksum model/1/variables/* checkpoints/*/variables.* checkpoints/retrain/*/tensors)
}

# The command's process and its progress are told apart by a file of their own.
start() {
  "$tandem" search "$@" >"$work/log" 2>&1 &
  process=$!
}

# Whether the process still runs: one that has ended stays until it is waited for, in state Z.
runs() {
  kill -0 "$process" 2>/dev/null && ! grep -qs '^State:[[:space:]]*Z' "/proc/$process/status"
}

# Waits until the log has a line that begins with the pattern, or the process ends.
await() {
  while runs && ! grep -q "^$1" "$work/log"; do
    sleep 0.05
  done
}

random() {
  awk "BEGIN { srand($1); print rand() * $2 }"
}

# Kills after the phase's first line and a random part of the seconds.
kill_in() {
  await "$2"
  sleep "$(random "$1" "$3")"
  kill -9 "$process" 2>/dev/null || true
  wait "$process" 2>/dev/null || true
  grep -v '^WARNING\|^I0000' "$work/log" | tail -n 1
}

"$tandem" search $settings --out "$work/whole" >/dev/null 2>&1
facts "$work/whole" >"$work/expected"

number=1
differing=0
while [ "$number" -le "$kills" ]; do
  run=$work/run$number
  case $((number % 4)) in
    1) phase="search: " seconds=3 ;;
    2) phase="retrain: " seconds=2 ;;
    3) phase="export: " seconds=1 ;;
    0) phase="derive: " seconds=2 ;;
  esac
  start $settings --out "$run"
  where=$(kill_in "$number" "$phase" "$seconds")
  start --resume "$run"
  again=$(kill_in "$((number + 1000))" "data: " 4)
  "$tandem" search --resume "$run" >/dev/null 2>&1 || true
  facts "$run" >"$work/actual" 2>&1 || true
  if cmp -s "$work/expected" "$work/actual"; then
    verdict=equal
  else
    verdict=DIFFERS
    differing=$((differing + 1))
  fi
  echo "kill $number after '$where', again after '$again': $verdict"
  rm -rf "$run"
  number=$((number + 1))
done
echo "$kills kills and as many in the resume, $differing differing"
[ "$differing" -eq 0 ]
