"""The server extension: what Jupyter Server starts, configures and stops."""

import os

from jupyter_server.extension.application import ExtensionApp
from traitlets import Unicode

from .bot import Bot
from .handler import PanelHandler


class ChatOpsApp(ExtensionApp):
    """Connects the chat panel in the browser with the workspace's bot."""

    name = "jupyterlab_chatops"

    node = Unicode(
        help="The Node program that runs the bot; the first `node` on the PATH when empty."
    ).tag(config=True)

    def initialize_settings(self):
        """Name the workspace: the folder that this server shows."""
        workspace = self.serverapp.root_dir
        # Kernels inherit it, and so find the same bot.
        os.environ["CHATOPS_WORKSPACE"] = workspace
        self.bot = Bot(workspace, node=self.node, log=self.log)

    def initialize_handlers(self):
        """Open the panel's way in."""
        self.handlers.append((r"chatops/connect", PanelHandler, {"bot": self.bot}))

    async def stop_extension(self):
        """End the bot with the server."""
        await self.bot.stop()
