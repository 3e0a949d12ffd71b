#!/bin/sh
# Gives the program mutated inputs and reports every answer that is neither success nor one line with
# place, remedy and exit code 2, 3 or 4. Usage: run.sh [KIND] [COUNT] [SEED]
#   KIND   all (default), configurations, tables, images, texts, checkpoints, journals or models
#   COUNT  inputs of each kind, default 10000
#   SEED   number of the first input, default 20000000; input i is made from SEED + i alone, so that
#          a reported input is made again by: run.sh KIND 1 NUMBER
# FUZZ_SHOW=true prints the exit code and the error of every input.
set -eu
cd "$(dirname "$0")/../.."
kind=${1:-all}
count=${2:-10000}
seed=${3:-20000000}
case $kind in
  all) tests='*FuzzTest' ;;
  configurations) tests=ConfigurationFuzzTest ;;
  tables) tests=TableFuzzTest ;;
  images) tests=ImageFuzzTest ;;
  texts) tests=TextFuzzTest ;;
  checkpoints) tests=CheckpointFuzzTest ;;
  journals) tests=JournalFuzzTest ;;
  models) tests=ModelFuzzTest ;;
  *)
    echo "run.sh: $kind is no kind of input; see the head of $0" >&2
    exit 2
    ;;
esac
exec mvn -B -ntp -q test -Dtest="io.tandem.fuzz.$tests" -Dtandem.fuzz.count="$count" \
  -Dtandem.fuzz.seed="$seed" -Dtandem.fuzz.show="${FUZZ_SHOW:-false}"
