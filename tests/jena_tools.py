"""The commands of Apache Jena, for tests: Debian's libapache-jena-java brings the jars, and no commands."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

import pytest

PACKAGE = "libapache-jena-java"
JAVA = Path("/usr/share/java")
JARS = """
jena-arq jena-base jena-cmds jena-core jena-dboe-base jena-dboe-index jena-dboe-storage jena-dboe-trans-data
jena-dboe-transaction jena-iri jena-rdfconnection jena-shacl jena-tdb jena-tdb2 slf4j-api slf4j-nop commons-cli
commons-codec commons-compress commons-csv commons-io commons-lang3 dexx gson guava failureaccess httpclient httpcore
jackson-core jackson-databind jackson-annotations jsonld-java thrift protobuf titanium-json-ld commons-logging
"""
COMMANDS = ("tdb2.tdbloader", "tdb2.tdbdump", "tdb2.tdbquery")
"""Classes of Jena, and its scripts, have these names."""
MESSAGES = "org/apache/jena/ext/xerces/"
"""Where jena-core.jar has the texts of its parser's messages, which Debian's build looks for in ``xerces/``."""


def path(folder: Path) -> str:
    """A PATH with Jena's commands in a folder of their own. Skips where there is no Jena."""
    if not (JAVA / "jena-tdb2.jar").exists() or shutil.which("java") is None:
        pytest.skip(f"no Apache Jena here; apt-get install --no-install-recommends {PACKAGE} default-jre-headless")
    with zipfile.ZipFile(JAVA / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(MESSAGES) and name.endswith(".properties"):
                text = folder / "xerces" / name.removeprefix(MESSAGES)
                text.parent.mkdir(parents=True, exist_ok=True)
                text.write_bytes(jar.read(name))
    classes = ":".join(map(str, [folder, *(JAVA / f"{jar}.jar" for jar in JARS.split())]))
    for command in COMMANDS:
        (folder / command).write_text(f'#!/bin/sh\nexec java -cp "{classes}" {command} "$@"\n')
        (folder / command).chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"
