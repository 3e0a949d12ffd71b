#!/bin/sh
# Waits until the model is served, then sends it the rows of a CSV file: raw features, no label. A
# first line that is not of numbers names the features: the rows are then sent by name, to :classify,
# so that the order of the columns does not matter. Without names they are sent in their order, which
# must be that of the training, to :predict. Cells that are no numbers are sent as texts, and empty ones
# are left out: that suits models of tables with categories and gaps, which take rows by name. A comma
# within quotes, codes of categories that look like numbers, and a table without a header whose first
# cell is a text, are beyond this script.
#   request.sh FILE.csv [HOST:PORT] [MODEL] [predict | classify]
set -eu

case "${4:-predict}" in predict | classify) ;; *) set -- ;; esac
named() {
  sed '1s/^\xef\xbb\xbf//;q' "$1" | grep -qv '^[[:space:]]*[-+.0-9]'
}
if [ $# -lt 1 ] || [ ! -r "$1" ]; then
  echo "usage: request.sh FILE.csv [HOST:PORT] [MODEL] [predict | classify]: give a readable CSV file" >&2
  exit 2
fi
file=$1
server=${2:-127.0.0.1:8501}
model=${3:-tandem}
if named "$file"; then
  method=${4:-classify}
  if [ "$method" = predict ]; then
    echo "request.sh: $file: its first line names the columns, and :predict takes them in their order" \
      "whatever their names; use classify, or delete the line if the order is that of the training" >&2
    exit 2
  fi
else
  method=${4:-predict}
fi
url=http://$server/v1/models/$model

tries=0
until status=$(curl -sf "$url" | tr -d ' \n') && case $status in *'"state":"AVAILABLE"'*) ;; *) false ;; esac; do
  case ${status:-} in
    *'"state":"START"'* | *'"state":"LOADING"'*) ;;
    *'"state":"END"'*)
      echo "request.sh: $url did not load; the server's log says why" >&2
      exit 4
      ;;
  esac
  tries=$((tries + 1))
  if [ "$tries" -ge 60 ]; then
    echo "request.sh: $url is not AVAILABLE after 60 s; see the server's log" >&2
    exit 4
  fi
  sleep 1
done

# A whole number is written as 1.0: the server takes a bare 1 in an Example for an int64.
awk -F, -v method="$method" '
  function name(cell) {
    if (cell ~ /^".*"$/) {
      cell = substr(cell, 2, length(cell) - 2)
      gsub(/""/, "\"", cell)
    }
    gsub(/\\/, "\\\\", cell)
    gsub(/"/, "\\\"", cell)
    return cell
  }
  BEGIN { printf method == "predict" ? "{\"instances\": [" : "{\"signature_name\": \"classify\", \"examples\": [" }
  { sub(/\r$/, "") }
  NR == 1 { sub(/^\xef\xbb\xbf/, "") }
  NR == 1 && $1 !~ /^[ \t]*[-+.0-9]/ {
    for (i = 1; i <= NF; i++) names[i] = name($i)
    next
  }
  NF {
    printf "%s%s", (rows++ ? ", " : ""), (method == "predict" ? "[" : "{")
    for (i = 1; i <= NF; i++) {
      gsub(/^[ \t]+|[ \t]+$/, "", $i)
      cell = $i
      if (method == "classify" && cell ~ /^(|\?|[nN]one|NULL|[nN]ull|N\/A|n\/a|#N\/A|<NA>|NA|[nN]a[nN]|NAN)$/) continue
      if (cell !~ /^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$/) cell = "\"" name(cell) "\""
      else if (cell !~ /[.eE]/) cell = cell ".0"
      key = ""
      if (method == "classify") key = "\"" ((i in names) ? names[i] : "column" (i - 1)) "\": "
      printf "%s%s%s", (sent++ ? ", " : ""), key, cell
    }
    sent = 0
    printf "%s", (method == "predict" ? "]" : "}")
  }
  END { print "]}" }' "$file" |
  curl -sS --fail-with-body -X POST -H 'Content-Type: application/json' -d @- "$url:$method"
echo
