"""The wheel, built from this checkout, and a clean environment that holds it and nothing else."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def build(source: Path, folder: Path, target: str) -> Path:
    """Build a distribution with the packages of the environment that runs the tests."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", folder]
    subprocess.run(command, cwd=source, check=True)
    [distribution] = folder.iterdir()
    return distribution


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    """The wheel."""
    return build(ROOT, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="session")
def source_distribution(tmp_path_factory):
    """The source distribution."""
    return build(ROOT, tmp_path_factory.mktemp("sdist"), "sdist")


class Environment:
    """A newcomer's Python environment, with a home of its own."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.bin = folder / ("Scripts" if os.name == "nt" else "bin")
        self.workspace = folder / "workspace"
        self.variables = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("JUPYTER", "JPY_", "IPYTHON", "PYTHON", "CHATOPS_"))
        } | {"HOME": str(folder / "home"), "VIRTUAL_ENV": str(folder)}
        # Without the programs of the environment that runs the tests.
        rest = [p for p in os.environ["PATH"].split(os.pathsep) if Path(p) != Path(sys.executable).parent]
        self.variables["PATH"] = os.pathsep.join([str(self.bin), *rest])

    def run(self, program: str, *arguments: str) -> str:
        """Run a program of the environment; return what it writes, both streams."""
        done = subprocess.run(
            [self.bin / program, *arguments],
            env=self.variables,
            cwd=self.workspace,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout


@pytest.fixture(scope="session")
def environment(wheel, tmp_path_factory):
    """An environment into which `pip install` of the wheel was all that was done."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    environment = Environment(folder)
    environment.workspace.mkdir()
    # The package cache of the person who runs the tests, but not their home.
    cache = subprocess.run(
        [sys.executable, "-m", "pip", "cache", "dir"], capture_output=True, text=True
    ).stdout.strip()
    environment.run("python", "-m", "pip", "install", "--quiet", "--cache-dir", cache, str(wheel))
    return environment
