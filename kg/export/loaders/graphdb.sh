#!/bin/sh
# Loads all parts into a new repository of GraphDB: sh graphdb.sh CONFIG.ttl
# CONFIG.ttl describes the repository (GraphDB's configs/templates); GraphDB must not run meanwhile. importrdf is in its
# bin folder. With --force it would replace a repository of that name.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec importrdf preload -c "$1" "$here"/riwayat-*.nq.gz
