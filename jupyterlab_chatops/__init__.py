"""What Jupyter Server asks this package: where the extension is, and what to load."""

import json
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

try:
    __version__ = version("jupyterlab-chatops")
except PackageNotFoundError:  # A checkout that is not installed.
    __version__ = json.loads((Path(__file__).parents[1] / "package.json").read_text())["version"]


def _jupyter_labextension_paths():
    return [{"src": "../labextension", "dest": "jupyterlab-chatops"}]


def _jupyter_server_extension_points():
    # Imported here, so that the command line need not load Jupyter Server.
    from .app import ChatOpsApp

    return [{"module": "jupyterlab_chatops", "app": ChatOpsApp}]
