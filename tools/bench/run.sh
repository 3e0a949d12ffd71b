#!/bin/sh
# Measures and prints JSON, one line per figure.
# Usage: tools/bench/run.sh [hypergradient|unrolled|implicit|reversible|search-step|response|controller|input] [RUNS]
#        tools/bench/run.sh macro-step|micro-step [RUNS [BATCH]]: as search-step, on images
#        tools/bench/run.sh language-step|language-response [RUNS [WIDTH [WORDS [BATCH [LENGTH [NODES]]]]]]
#        tools/bench/run.sh language-score [TOKENS [WIDTH [WORDS]]]
#        tools/bench/run.sh lstm CONFIG [PATH=VALUE ...]: perplexity of an LSTM of one layer
#        tools/bench/run.sh hoag CONFIG [PATH=VALUE ...]
#        tools/bench/run.sh commands [RUNS [WHOLE-RUNS]]: start-up, and the default search as a whole
#        tools/bench/run.sh images PATH [RUNS], PATH a folder or archive of image files
#        tools/bench/run.sh tables [ROWS [RUNS]]: a table of 30 mixed columns, made in a temporary
#            folder: read, typed and divided against a plain pass of fastcsv, with the peak of the
#            memory, and predict from CSV to CSV; by default 1000000 rows (350 MB) and 5 rounds
# Build first: mvn test-compile.
set -eu
workload=
root=$(cd "$(dirname "$0")/../.." && pwd)
# Resident memory is to show what TensorFlow holds, not garbage that Java has yet to collect.
heap='-Xmx1g -Xmn24m'
case "${1:-hypergradient}" in
  images)
    main=ImagesBench
    heap='-Xmx3g -XX:TieredStopAtLevel=1' # as the launcher
    if [ ! -e "${2:-}" ]; then
      echo "bench: ${2:-nothing} is no folder or archive; say images PATH" >&2
      exit 2
    fi
    ;;
  tables)
    main=TablesBench
    heap='-Xmx5g -XX:TieredStopAtLevel=1 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0' # as the launcher
    ;;
  commands) main=CommandBench ;;
  hypergradient) main=HypergradientBench ;;
  unrolled) main=UnrolledBench ;;
  implicit) main=ImplicitBench ;;
  search-step) main=SearchStepBench workload=perceptron ;;
  macro-step) main=SearchStepBench workload=macro ;;
  micro-step) main=SearchStepBench workload=micro ;;
  response) main=ResponseBench ;;
  language-step) main=LanguageStepBench ;;
  language-response) main=LanguageResponseBench ;;
  language-score) main=LanguageScoreBench ;;
  lstm) main=LstmBench heap=-Xmx3g ;;
  controller) main=ControllerBench ;;
  input) main=InputBench ;;
  reversible) main=ReversibleBench ;;
  hoag) main=HoagBench ;;
  *)
    echo "bench: $1 is no benchmark; expected hypergradient, unrolled, implicit, reversible, search-step, macro-step, micro-step, response, language-step, language-response, language-score, lstm, controller, input, hoag, commands, images or tables" >&2
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
# oneDNN and memory as the launcher asks for them: what is measured is what people run.
: "${TF_ENABLE_ONEDNN_OPTS:=1}"
export TF_ENABLE_ONEDNN_OPTS
memory=glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=33554432
memory=$memory:glibc.malloc.trim_threshold=8589934592:glibc.malloc.top_pad=67108864
if grep -qs -e '\[madvise\]' -e '\[always\]' /sys/kernel/mm/transparent_hugepage/enabled; then
  heap="$heap -XX:+UseTransparentHugePages"
  memory=$memory:glibc.malloc.hugetlb=1
fi
: "${GLIBC_TUNABLES:=$memory}"
export GLIBC_TUNABLES
# shellcheck disable=SC2086
exec java -XX:+UseSerialGC $heap "-Dtandem.home=$root" -Djava.awt.headless=true -cp "$root/target/test-classes:$root/target/classes:$(cat "$root/target/classpath.txt")" \
  "io.tandem.bench.$main" $workload "$@"
