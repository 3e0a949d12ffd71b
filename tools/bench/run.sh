#!/bin/sh
# Measures and prints JSON, one line per figure.
# Usage: tools/bench/run.sh [hypergradient|unrolled|implicit|reversible|search-step] [RUNS], or
#        tools/bench/run.sh hoag CONFIG [PATH=VALUE ...]. Build first: mvn test-compile.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
case "${1:-hypergradient}" in
  hypergradient) main=HypergradientBench ;;
  unrolled) main=UnrolledBench ;;
  implicit) main=ImplicitBench ;;
  search-step) main=SearchStepBench ;;
  reversible) main=ReversibleBench ;;
  hoag) main=HoagBench ;;
  *)
    echo "bench: $1 is no benchmark; expected hypergradient, unrolled, implicit, reversible, search-step or hoag" >&2
    exit 2
    ;;
esac
[ $# -eq 0 ] || shift
if [ ! -f "$root/target/test-classes/io/tandem/bench/$main.class" ] \
  || [ ! -f "$root/target/classpath.txt" ]; then
  echo "bench: target/ lacks the classes or classpath.txt; run mvn test-compile in $root first" >&2
  exit 2
fi
export TF_CPP_MIN_LOG_LEVEL=2
# Resident memory is to show what TensorFlow holds, not garbage that Java has yet to collect.
exec java -XX:+UseSerialGC -Xmx1g -Xmn24m -cp "$root/target/test-classes:$root/target/classes:$(cat "$root/target/classpath.txt")" \
  "io.tandem.bench.$main" "$@"
