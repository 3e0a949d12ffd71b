#!/bin/sh
# Does an exported model load in other TensorFlows, and do they answer alike? Takes TensorFlow Java
# by version from Maven (150 to 250 MB each), asks through its signatures and prints a table.
#   other-tensorflow.sh MODEL/VERSION ROWS.csv|IMAGES|TEXT [REFERENCE OTHER...]
# ROWS.csv: raw features, no label, no header. IMAGES: a folder with image files. TEXT: a text file,
# not compressed, for a language model. REFERENCE and OTHER: versions of TensorFlow Java; the answers
# of each OTHER are compared with those of REFERENCE.
set -eu

if [ $# -lt 2 ] || [ ! -r "$1/saved_model.pb" ] || [ ! -r "$2" ]; then
  echo "usage: other-tensorflow.sh MODEL/VERSION ROWS.csv|IMAGES|TEXT [REFERENCE OTHER...]" >&2
  exit 2
fi
model=$1
rows=$2
shift 2
[ $# -gt 0 ] || set -- 1.1.0 1.0.0 0.5.0 0.4.2 0.3.3
here=$(CDPATH='' cd -P "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TF_CPP_MIN_LOG_LEVEL=2

# The natives of one platform only. They have an artifact of their own from 1.0 on.
resolve() {
  natives=tensorflow-core-native
  case $1 in 0.*) natives=tensorflow-core-api ;; esac
  mkdir -p "$work/$1"
  cat >"$work/$1/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>other</artifactId><version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.tensorflow</groupId><artifactId>tensorflow-core-api</artifactId>
      <version>$1</version>
    </dependency>
    <dependency>
      <groupId>org.tensorflow</groupId><artifactId>$natives</artifactId>
      <version>$1</version><classifier>linux-x86_64</classifier>
    </dependency>
  </dependencies>
</project>
POM
  (cd "$work/$1" && mvn -B -q dependency:build-classpath -Dmdep.outputFile=path.txt) \
    >"$work/$1/log" 2>&1
}

# Natives are unpacked into the working directory, which goes away, not into the user's cache.
ask() {
  java -Dorg.bytedeco.javacpp.cachedir="$work/$1/natives" -cp "$(cat "$work/$1/path.txt")" \
    "$here/OtherTensorFlow.java" "$model" "$rows" >"$work/$1/answers" 2>"$work/$1/log"
}

# Rows, rows with another class and the largest difference of a probability, for one signature. For
# a language model the class is a number of words or the likeliest word, and the difference one of
# log-probabilities.
compare() {
  awk -v signature="$1" '
    $1 != signature { next }
    NR == FNR { for (i = 3; i <= NF; i++) expected[$2, i] = $i; next }
    {
      rows++
      if ($3 != expected[$2, 3]) others++
      for (i = 4; i <= NF; i++) {
        d = $i - expected[$2, i]
        if (d < 0) d = -d
        if (d > largest) largest = d
      }
    }
    END { printf "%d | %d | %.1e", rows, others, largest }' "$2" "$3"
}

echo "| TensorFlow Java | TensorFlow | signature | rows | other class | largest difference |"
echo "|---|---|---|---|---|---|"
reference=
failed=0
for version; do
  if ! resolve "$version"; then
    echo "| $version | | cannot be resolved | | | |"
    failed=4
  elif ! ask "$version"; then
    echo "| $version | | fails: $(grep -v '^[[:space:]]*at ' "$work/$version/log" | tail -n 1) | | | |"
    failed=4
  else
    [ -n "$reference" ] || reference=$work/$version/answers
    for signature in $(awk '!/^#/ && !seen[$1]++ { print $1 }' "$reference"); do
      echo "| $version | $(sed -n 's/^# //p' "$work/$version/answers") | $signature |" \
        "$(compare "$signature" "$reference" "$work/$version/answers") |"
    done
  fi
  rm -rf "$work/$version/natives"
done
exit "$failed"
