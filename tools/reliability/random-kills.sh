#!/bin/sh
# Kills a small search at random moments by kill -9, resumes it, and compares the result, the journal
# and the exported weights with those of a run that was never killed. Usage: random-kills.sh [KILLS]
set -eu
here=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
kills=${1:-20}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tandem=$here/tandem
[ -x "$tandem" ] || tandem=$here/bin/tandem
settings="--set search.budget.examples=130000 --set search.derive.keep=3
  --set search.derive.samples=10 --set search.derive.examples=5000 --set retrain.examples=10000
  --set report.checkpoint_every=5"

# What must not differ: everything but times, checksums over times, and notes of a session.
facts() {
  grep -v '"name":"\(resume\|torn_tail\|interrupted\|damaged_checkpoint\)"' "$1/journal.jsonl" |
    sed 's/"seconds":[^,}]*//; s/"crc":[^,}]*//'
  grep -v budget.seconds "$1/result.json"
  (cd "$1/model/1/variables" && cksum ./*)
}

begin=$(date +%s)
"$tandem" search $settings --out "$work/whole" >/dev/null 2>&1
length=$(($(date +%s) - begin))
facts "$work/whole" >"$work/expected"

number=1
differing=0
while [ "$number" -le "$kills" ]; do
  run=$work/run$number
  "$tandem" search $settings --out "$run" >/dev/null 2>&1 &
  process=$!
  sleep "$(awk "BEGIN { srand($number); print 2 + rand() * ($length - 2) }")"
  kill -9 "$process" 2>/dev/null || true
  wait "$process" 2>/dev/null || true
  if [ -d "$run" ]; then
    "$tandem" search --resume "$run" >/dev/null 2>&1
  else
    "$tandem" search $settings --out "$run" >/dev/null 2>&1
  fi
  facts "$run" >"$work/actual"
  if ! cmp -s "$work/expected" "$work/actual"; then
    echo "kill $number: the resumed run differs"
    differing=$((differing + 1))
  fi
  rm -rf "$run"
  number=$((number + 1))
done
echo "$kills kills, $differing differing"
[ "$differing" -eq 0 ]
