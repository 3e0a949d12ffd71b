#!/bin/sh
# What continuous integration runs: the README's test command, the documentation, and the main
# command, smallest form, from the distribution and from the source tree.
set -eu
cd "$(dirname "$0")/.."
export MAVEN_ARGS="${MAVEN_ARGS:-} -B -ntp"

mvn verify
mvn -q site javadoc:jar
mvn -q surefire:test -Dtest=PagesTest -Dtandem.site=target/site

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
mkdir "$out/a place"
tar -xzf target/tandem-*.tar.gz -C "$out/a place"
set -- search --set search.budget.examples=100000 --set search.derive.samples=4 \
  --set search.derive.keep=1 --set search.derive.examples=2000 --set retrain.examples=5000
mv "$out/a place"/tandem-* "$out/a place/tandem"
"$out/a place/tandem/bin/tandem" "$@" --out "$out/a place/run"
./tandem "$@" --out "$out/run"
ci/newcomer.sh "$out/a place/tandem/bin/tandem"
