"""The package as a user gets it: what the wheel holds, and that it works outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.slow

PAGE = """Prabowo Terima Macron di Istana Merdeka
Rabu, 28 Mei 2025 - 13:10 WIB
JAKARTA - Presiden Prabowo Subianto bertemu dengan Presiden Prancis Emmanuel Macron, Rabu (28/5/2025).
Keduanya membahas kerja sama ekonomi kedua negara di Istana Merdeka, Jakarta.
"""


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints, run with an environment that knows nothing of the checkout."""
    clean = {"PATH": "/usr/bin:/bin", "HOME": str(cwd), "LANG": "C.UTF-8", "COLUMNS": "200"}
    done = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, f"{command}:\n{done.stdout}{done.stderr}"
    return done.stdout


def build(target: str, source: Path, folder: Path) -> Path:
    """Builds a wheel or an sdist with the hatchling of this environment: no network."""
    run(sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", folder, cwd=source)
    (made,) = folder.glob("*.whl" if target == "wheel" else "*.tar.gz")
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment with the wheel; dependencies come from this one by a .pth file.

    A .pth file inside the folder that it names is not read: an editable install of the checkout stays out.
    """
    folder = tmp_path_factory.mktemp("clean") / "env"
    venv.create(folder, with_pip=False, symlinks=os.name == "posix")
    programs = folder / ("bin" if os.name == "posix" else "Scripts")
    python = programs / "python"
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=folder,
    )
    packages = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    Path(packages, "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return programs


def test_wheel_holds_all_that_kg_reads(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    read = [p for p in (ROOT / "kg").rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    assert {str(path.relative_to(ROOT)) for path in read} <= held
    data = [p for folder in ("ontology", "queries") for p in (ROOT / folder).iterdir() if p.suffix in {".ttl", ".rq"}]
    assert {f"kg/data/{path.relative_to(ROOT)}" for path in data} <= held
    assert "kg/py.typed" in held
    assert {Path(name).name for name in held if ".dist-info/licenses/" in name} == {"LICENSE", "NOTICE"}


def test_wheel_of_the_sdist_is_the_same(wheel: Path, tmp_path: Path) -> None:
    archive = build("sdist", ROOT, tmp_path / "sdist")
    run(sys.executable, "-m", "tarfile", "--extract", archive, tmp_path / "source", cwd=tmp_path)
    (source,) = (tmp_path / "source").iterdir()
    again = build("wheel", source, tmp_path / "again")
    assert sorted(zipfile.ZipFile(again).namelist()) == sorted(zipfile.ZipFile(wheel).namelist())


def test_installed_kg_works_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = run(installed / "python", "-c", "import kg; print(kg.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    run(installed / "kg", "build", "page.txt", cwd=tmp_path)
    run(installed / "kg", "validate", cwd=tmp_path)
    assert "Emmanuel Macron" in run(
        installed / "kg", "query", "met", "--param", "person=Prabowo Subianto", cwd=tmp_path
    )
    assert "page" in run(installed / "kg", "export", "--format", "ttl", cwd=tmp_path)
