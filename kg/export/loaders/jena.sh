#!/bin/sh
# Loads all parts into a TDB2 database of Apache Jena: sh jena.sh DATABASE
# The folder is that of `fuseki-server --tdb2 --loc DATABASE /NAME`, which must not run meanwhile.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec tdb2.tdbloader --loc "$1" "$here"/riwayat-*.nq.gz
