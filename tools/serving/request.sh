#!/bin/sh
# Waits until the model is served, then classifies rows of a CSV file (features only, no header).
#   request.sh FILE.csv [HOST:PORT] [MODEL]
set -eu

if [ $# -lt 1 ] || [ ! -r "$1" ]; then
  echo "usage: request.sh FILE.csv [HOST:PORT] [MODEL]: give a readable CSV file" >&2
  exit 2
fi
file=$1
server=${2:-127.0.0.1:8501}
model=${3:-tandem}
url=http://$server/v1/models/$model

tries=0
until curl -sf "$url" | grep -q '"state": *"AVAILABLE"'; do
  tries=$((tries + 1))
  if [ "$tries" -ge 60 ]; then
    echo "request.sh: $url is not AVAILABLE after 60 s; see the server's log" >&2
    exit 4
  fi
  sleep 1
done

# A whole number is written as 1.0: the server takes a bare 1 in an Example for an int64.
awk -F, '
  BEGIN { printf "{\"instances\": [" }
  NF {
    printf "%s[", (rows++ ? ", " : "")
    for (i = 1; i <= NF; i++) {
      gsub(/[ \t\r]/, "", $i)
      cell = $i
      if (cell !~ /[.eE]/) cell = cell ".0"
      printf "%s%s", (i > 1 ? ", " : ""), cell
    }
    printf "]"
  }
  END { print "]}" }' "$file" |
  curl -sS --fail-with-body -X POST -H 'Content-Type: application/json' -d @- "$url:predict"
echo
