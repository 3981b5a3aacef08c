"""What is in the wheel, and when it cannot be built."""

import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MANIFEST = json.loads((ROOT / "package.json").read_text())
DATA = f"jupyterlab_chatops-{MANIFEST['version']}.data/data"


@pytest.fixture(scope="module")
def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def text_of(wheel: Path, suffix: str) -> str:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(suffix)]
        return archive.read(name).decode()


@pytest.mark.parametrize(
    "file",
    [
        "jupyterlab_chatops/__init__.py",
        f"{DATA}/etc/jupyter/jupyter_server_config.d/jupyterlab_chatops.json",
        f"{DATA}/share/jupyter/labextensions/jupyterlab-chatops/package.json",
        f"{DATA}/share/jupyter/labextensions/jupyterlab-chatops/install.json",
        f"{DATA}/share/jupyter/kernels/chatops/kernel.json",
    ],
)
def test_holds(names, file):
    assert file in names


@pytest.mark.parametrize(
    ("source", "target"),
    [("dist", "kernels/chatops"), ("labextension", "labextensions/jupyterlab-chatops")],
)
def test_holds_all_that_was_built(names, source, target):
    files = [f for f in (ROOT / source).rglob("*") if f.is_file()]
    built = [f.relative_to(ROOT / source) for f in files if f.suffix not in (".whl", ".gz")]
    assert [f for f in built if f"{DATA}/share/jupyter/{target}/{f.as_posix()}" not in names] == []


def test_holds_nothing_else(names):
    places = (
        "jupyterlab_chatops/",
        f"{DATA}/etc/jupyter/jupyter_server_config.d/jupyterlab_chatops.json",
        f"{DATA}/share/jupyter/kernels/chatops/",
        f"{DATA}/share/jupyter/labextensions/jupyterlab-chatops/",
        f"jupyterlab_chatops-{MANIFEST['version']}.dist-info/",
    )
    assert [name for name in names if not name.startswith(places)] == []
    assert [name for name in names if "__pycache__" in name or "node_modules" in name] == []


def test_describes_itself(wheel):
    metadata = message_from_string(text_of(wheel, ".dist-info/METADATA"))
    assert metadata["Name"] == "jupyterlab-chatops"
    assert metadata["Version"] == MANIFEST["version"]
    assert metadata["License-Expression"] == MANIFEST["license"]
    assert metadata["License-File"] == "LICENSE"
    assert metadata["Summary"] == MANIFEST["description"]
    assert "chatops = jupyterlab_chatops.command:main" in text_of(wheel, "entry_points.txt")


def test_can_be_built_from_the_source_distribution(source_distribution, names, tmp_path):
    with tarfile.open(source_distribution) as archive:
        archive.extractall(tmp_path, filter="data")
    [source] = tmp_path.iterdir()
    # Python's tools put what they build into a folder of this name, where they are not told better.
    (source / "dist" / "earlier.whl").touch()
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run(command, cwd=source, check=True)
    [wheel] = (source / "build").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert sorted(archive.namelist()) == sorted(names)


def test_is_not_built_before_the_bundles(tmp_path):
    for name in ("pyproject.toml", "package.json", "LICENSE", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("jupyterlab_chatops", "jupyter-config", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name)
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert "run `npm ci && npm run build` first" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
