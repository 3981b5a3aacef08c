"""Keeps a wheel from being built without what `npm run build` makes."""

from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = ("dist/chatops.cjs", "dist/kernel.json", "labextension/package.json")


class CustomBuildHook(BuildHookInterface):
    """Looks for the bundles before they are packed."""

    def initialize(self, version, build_data):
        missing = [file for file in BUILT if not Path(self.root, file).is_file()]
        if missing:
            self.app.abort(
                f"{', '.join(missing)} not found: run `npm ci && npm run build` first."
            )
