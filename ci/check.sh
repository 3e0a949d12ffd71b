#!/bin/sh
# What continuous integration runs: the README's test command and its main command, smallest form.
set -eu
cd "$(dirname "$0")/.."
export MAVEN_ARGS="${MAVEN_ARGS:-} -B -ntp"

mvn verify

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
./tandem search --out "$out/run" --set search.budget.examples=100000 \
  --set search.derive.samples=4 --set search.derive.keep=1 --set search.derive.examples=2000 \
  --set retrain.examples=5000
