#!/bin/sh
# Builds the graph of samples/ and asks it the standing questions. Called by `make demo`, which puts kg on the PATH.
set -eu
cd "$(dirname "$0")/.."
graph=graph-demo

# ask QUESTION NAME [--param k=v]... prints the question and the command, and runs it.
ask() {
  printf '\n%s\n$ kg query' "$1"
  shift
  for word in "$@" --graph "$graph"; do
    case $word in *' '*) printf ' "%s"' "$word" ;; *) printf ' %s' "$word" ;; esac
  done
  echo
  kg query "$@" --graph "$graph"
}

printf '$ kg build samples --graph %s\n' "$graph"
kg build samples --graph "$graph"

ask 'Which offices did Sergei Shoigu hold, and when?' career --param person='Sergei Shoigu'
ask "Who was Russia's defence minister on 26 July 2023?" who-held --param position='Menteri Pertahanan' --param of=Rusia --param date=2023-07-26
ask "Who was Russia's defence minister on 14 September 2024?" who-held --param position='Menteri Pertahanan' --param of=Rusia --param date=2024-09-14
ask 'Whom did Kim Jong-un meet?' met --param person='Kim Jong-un'
ask 'Which letters passed from whom, by whom, to whom?' transfers --param thing=surat
ask 'What is claimed, and who denies it?' denied-claims
ask 'Where do the articles disagree?' conflicts

cat <<END

The graph is in $graph/. What to try next, after: . .venv/bin/activate

  kg query --list
      every question that ships, with its parameters
  kg query who-held --param position="Menteri Keuangan" --param date=2025-10-01 --graph $graph
      another question; --format csv and --format json show the IRIs too
  kg explain person/sergei-shoigu --graph $graph
      every sentence behind somebody or something
  kg export --format ttl --graph $graph
      the graph as Turtle
  kg build YOUR-FOLDER --graph my-graph
      your own articles: .txt, .html, .jsonl
END
