#!/bin/sh
# Loads all parts into Virtuoso with its bulk loader: DBA_PASSWORD=... sh virtuoso.sh [HOST:PORT]
# The server reads the files itself: this folder has to stand in DirsAllowed of its virtuoso.ini.
# For several loaders at once, run rdf_loader_run() in as many sessions after ld_dir.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
server=${1:-127.0.0.1:1111}
case $here in *\'*) echo "virtuoso.sh: move this folder to a path without a quote in it" >&2; exit 2 ;; esac
isql=$(command -v isql-vt || command -v isql)
run() {
  "$isql" "$server" dba "$DBA_PASSWORD" BANNER=OFF VERBOSE=OFF PROMPT=OFF ERRORS=STDOUT exec="$1"
}
# A file that the list knows already would not be read again.
run "delete from DB.DBA.load_list where ll_file like '$here/riwayat-%';"
# Each line names its graph; the graph given here is for files of triples and stays empty.
run "ld_dir('$here', 'riwayat-*.nq.gz', 'urn:riwayat:none');"
run "rdf_loader_run();"
run "checkpoint;"
bad=$(run "select ll_file, ll_state, ll_error from DB.DBA.load_list
           where ll_file like '$here/riwayat-%' and (ll_state <> 2 or ll_error is not null);" | grep riwayat- || true)
if [ -n "$bad" ]; then
  echo "virtuoso.sh: not loaded:" >&2
  echo "$bad" >&2
  exit 1
fi
