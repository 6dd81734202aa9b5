#!/bin/sh
# Loads all parts into a folder of Oxigraph, in parallel: sh oxigraph.sh LOCATION
# The folder is that of `oxigraph serve --location LOCATION`, which must not run meanwhile.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec oxigraph load --location "$1" --file "$here"/riwayat-*.nq.gz
