#!/bin/sh
# Uses the program as somebody does who has just found it, with the mistakes and the machines that such
# people have, and says what is not as it should be. Needs nothing but the program and its JDK.
# Usage: newcomer.sh [TANDEM]   (default: the tandem of this source tree; or bin/tandem of a distribution)
set -eu
here=$(CDPATH='' cd -P "$(dirname "$0")/.." && pwd)
tandem=${1:-$here/tandem}
tandem=$(CDPATH='' cd -P "$(dirname "$tandem")" && pwd)/$(basename "$tandem")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/project"
cd "$work/project"
out=$work/out err=$work/err

fault() {
  echo "newcomer: $fault: $1" >&2
  for file in "$out" "$err"; do
    echo "--- the end of $(basename "$file"):" >&2
    tail -n 15 "$file" >&2
  done
  exit 1
}

# Says what comes next and how long the former took.
fault=
about() {
  now=$(date +%s)
  [ -z "$fault" ] || echo "newcomer: $((now - then)) s, $fault"
  then=$now fault=$1
}

# Runs the program and requires its exit code.
exits() {
  wanted=$1 code=0
  shift
  "$tandem" "$@" >"$out" 2>"$err" </dev/null || code=$?
  [ "$code" -eq "$wanted" ] || fault "tandem $* exits with $code, expected $wanted"
}

# Requires that the program has refused in one line that contains the text, and printed no answer.
says() {
  [ ! -s "$out" ] || fault "printed an answer, expected none"
  [ "$(grep -c '' "$err")" -eq 1 ] || fault "expected one line"
  grep -q "^tandem: .*$1" "$err" || fault "expected a line with: $1"
}

same() {
  cmp -s "$1" "$2" || fault "$1 and $2 differ"
}

# Whether there is twice as much work as the machine has cores: no time means anything then.
busy() {
  cores=$(getconf _NPROCESSORS_ONLN)
  awk -v cores="$cores" '{ exit !($1 > 2 * cores) }' /proc/loadavg 2>/dev/null
}

# The classes in a file of answers.
classes() {
  sed 1d "$1" | cut -d , -f 1
}

tiny="--set search.derive.samples=2 --set search.derive.keep=1 --set search.samples=2
  --set search.batch=16 --set search.validation_batch=16 --set controller.lstm_units=8
  --set space.optimizer.families=ADAM --set space.optimizer.learning_rate=0.01"
tiny_table="$tiny --set search.budget.examples=12000 --set search.derive.examples=2000
  --set space.perceptron.layers=1 --set space.perceptron.units=32 --set retrain.examples=8000"
tiny_images="$tiny --set search.budget.examples=1200 --set search.derive.examples=200
  --set space.macro.layers=2 --set space.macro.filters=4 --set retrain.examples=1500
  --set retrain.batch=8 --set inner.unroll_steps=1 --set search.shared_steps=2
  --set space.optimizer.momentum=0.9"

# A table of people by age and steps a day: the young ones walk more. Usage: people ROWS SEED
people() {
  awk -v rows="$1" -v seed="$2" 'BEGIN {
    srand(seed)
    print "größe,schritte,gruppe"
    for (row = 0; row < rows; row++) {
      young = rand() < 0.5
      printf "%.2f,%.1f,%s\n", (young ? 10 : 45) + 20 * rand(), (young ? 500 : 100) + 200 * rand(),
        young ? "jünger" : "älter"
    }
  }'
}

about "names that are not ASCII in the POSIX locale"
mkdir data
people 200 1 >"data/läufer.csv"
echo 'data { csv { file: "data/läufer.csv" } format { label: "gruppe" } }' >"läufer.pbtxt"
unset LANG LC_CTYPE
export LC_ALL=POSIX
# shellcheck disable=SC2086
exits 0 search "läufer.pbtxt" $tiny_table
# Names of runs are ASCII, for servers.
run=runs/laufer-seed1
[ -f "$run/result.json" ] || fault "there is no $run/result.json"
people 40 2 >labelled.csv
cut -d , -f 1,2 labelled.csv >ordered.csv
exits 0 predict "$run" --input ordered.csv
cp "$out" ordered.answers
classes ordered.answers >"$work/found"
sed 1d labelled.csv | cut -d , -f 3 >"$work/right"
same "$work/found" "$work/right"

about "columns in another order, in another locale"
export LC_ALL=C.UTF-8
awk -F , '{ print $2 "," $1 }' ordered.csv >reordered.csv
exits 0 predict "$run" --input reordered.csv
same "$out" ordered.answers

about "columns by name in the table with the labels, scored"
exits 0 predict "$run" --input "data/läufer.csv" --evaluate -o answers.csv
grep -q '1\.0000' "$out" || fault "expected an accuracy of 1.0000"
classes answers.csv >"$work/found"
sed 1d "data/läufer.csv" | cut -d , -f 3 >"$work/labels"
same "$work/found" "$work/labels"

about "a first row with a gap is no header"
printf '%s\n' 'NA,610' '50,300' '20,600' >gap.csv
exits 3 predict "$run" --input gap.csv
says 'gap.csv:1'

about "a table, a zip archive or an Excel file as the configuration"
# The first bytes of such files are enough to know them.
printf 'PK\003\004 photos/cat.jpg' >photos.zip
printf 'PK\003\004 [Content_Types].xml xl/workbook.xml' >table.xlsx
exits 2 check "data/läufer.csv"
says 'data.csv.file='
exits 2 check photos.zip
says 'zip archive; unpack it'
exits 2 check table.xlsx
says 'Excel file; save it as CSV'

about "another JDK than the builder's"
# Every one that is installed but the one used so far; links lead to the same ones.
own=$(readlink -f "${JAVA_HOME:+$JAVA_HOME/bin/java}" 2>/dev/null || true)
own=${own:-$(readlink -f "$(command -v java)")}
others=0
for jdk in $(readlink -f /usr/lib/jvm/*/ 2>/dev/null | sort -u); do
  [ "$(readlink -f "$jdk/bin/java" 2>/dev/null)" != "$own" ] && [ -x "$jdk/bin/java" ] || continue
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$jdk/release" 2>/dev/null) || continue
  [ "${version:-0}" -ge 17 ] || continue
  others=$((others + 1))
  (export JAVA_HOME="$jdk" && exits 0 predict "$run" --input ordered.csv)
  same "$out" ordered.answers
  [ ! -s "$err" ] || fault "$jdk: expected nothing on the standard error"
  (export JAVA_HOME="$jdk" && exits 0 runs -f json)
  case $(cat "$out") in
    '['*']') ;;
    *) fault "$jdk: expected JSON and nothing else" ;;
  esac
done
[ "$others" -gt 0 ] ||
  echo "newcomer: only one JDK from 17 on is installed in /usr/lib/jvm: another one was NOT tried" >&2
echo "not an archive" >"$work/other.jsa"
(export TANDEM_JAVA_OPTS="-XX:SharedArchiveFile=$work/other.jsa" && exits 0 runs -f csv)
[ ! -s "$err" ] || fault "expected no word about an archive of another Java"

about "no library of TensorFlow for this machine"
mkdir -p "$work/bare/bin" "$work/bare/lib"
cp "$tandem" "$work/bare/bin/tandem"
if [ -d "$(dirname "$tandem")/../lib" ]; then
  ln -s "$(CDPATH='' cd -P "$(dirname "$tandem")/../lib" && pwd)"/*.jar "$work/bare/lib"
else
  products=$(dirname "$tandem")/target/launcher
  tr : '\n' <"$products/classpath.txt" | while read -r jar || [ -n "$jar" ]; do ln -s "$jar" "$work/bare/lib"; done
  ln -s "$products/tandem.jar" "$work/bare/lib"
fi
rm "$work"/bare/lib/tensorflow-core-native-*-*-*.jar
whole=$tandem tandem=$work/bare/bin/tandem
# shellcheck disable=SC2086
exits 4 search "läufer.pbtxt" $tiny_table --out bare
says "is not among the program's files"
[ ! -e bare ] || fault "a run was made"
exits 0 check "läufer.pbtxt"
tandem=$whole

about "a project in another place"
cp "$run/result.json" "$work/result.json"
rm "$run/result.json"
cd "$work"
mv project "moved project"
cd "moved project"
exits 0 search --resume "$run"
grep -v seconds "$work/result.json" >"$work/former"
grep -v seconds "$run/result.json" >"$work/resumed"
same "$work/former" "$work/resumed"
exits 0 retrain "$run"
[ -d "$run/model/2" ] || fault "there is no $run/model/2"

about "40,000 rows by default, and a limit of 20 seconds"
people 40000 3 >large.csv
echo 'data { csv { file: "large.csv" } format { label: "gruppe" } }' >large.pbtxt
exits 0 check large.pbtxt
began=$(date +%s)
exits 0 search large.pbtxt --set search.budget.seconds=20
seconds=$(($(date +%s) - began))
if [ "$seconds" -gt 23 ]; then
  busy || fault "it took $seconds s, expected 23 at most"
  echo "newcomer: the machine is busy with other work, and it took $seconds s: the limit was NOT judged" >&2
fi
exits 0 predict runs/large-seed1 --input ordered.csv
[ "$(classes "$out" | grep -c .)" -eq 40 ] || fault "expected 40 answers"

about "images in folders, as in the README"
cat >Photos.java <<'JAVA'
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Small images: bright ones at day, dark ones at night. */
class Photos {
  public static void main(String[] arguments) throws Exception {
    for (String name : new String[] {"day", "night"}) {
      Files.createDirectories(Path.of("photos", name));
      for (int number = 0; number < 20; number++) {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 256; pixel++) {
          int light = (name.equals("day") ? 150 : 10) + (pixel * 7 + number * 13) % 90;
          image.setRGB(pixel % 16, pixel / 16, light << 16 | light << 8 | light);
        }
        ImageIO.write(image, "png", Path.of("photos", name, number + ".png").toFile());
      }
    }
  }
}
JAVA
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -Djava.awt.headless=true Photos.java
cat >photos.pbtxt <<'CONFIG'
data {
  images { path: "photos" }
  images_format { width: 16 height: 16 channels: COLOUR }
}
CONFIG
# shellcheck disable=SC2086
exits 0 search photos.pbtxt $tiny_images
cp photos/night/3.png holiday.png
exits 0 predict runs/photos-seed1 --input holiday.png
grep -q '^[^,]*,*night' "$out" || fault "expected the class night"

about ""
echo "newcomer: all as it should be"
