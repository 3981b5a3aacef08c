"""How the bot is found and started, and what the panel is told when it cannot be."""

import asyncio
import os

SYNTAX_ERROR = {
    "code": "CHATOPS_CONFIG_SYNTAX",
    "message": "The configuration is not valid YAML.",
    "hint": "Look at the line.",
    "where": {"file": "configuration.yaml", "line": 3},
    "log": ["one", "two"],
}


async def test_starts_nothing_before_a_panel_asks(jp_serverapp, workspace):
    assert workspace.diary("ensure") == []


async def test_finds_the_bot_beside_its_kernel(jp_serverapp, kernels, panel, monkeypatch):
    monkeypatch.delenv("CHATOPS_HOME")
    await panel()


async def test_says_that_the_installation_is_incomplete(refusal, monkeypatch, tmp_path):
    monkeypatch.setenv("CHATOPS_HOME", str(tmp_path / "nothing"))
    error, code = await refusal()
    assert (error["code"], code) == ("CHATOPS_INSTALLATION", 4503)
    assert str(tmp_path / "nothing") in error["message"]


async def test_says_that_node_is_missing(refusal, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    error, code = await refusal()
    assert (error["code"], code) == ("CHATOPS_NODE_MISSING", 4503)


async def test_says_that_node_is_too_old(jp_serverapp, refusal, fake_node):
    extension = next(iter(jp_serverapp.extension_manager.extension_apps["jupyterlab_chatops"]))
    extension.bot.node = fake_node("18.20.4")
    error, code = await refusal()
    assert (error["code"], code) == ("CHATOPS_NODE_VERSION", 4503)
    assert "18.20.4" in error["message"]


async def test_takes_the_configured_node(jp_configurable_serverapp, jp_server_config, fake_node):
    config = {**jp_server_config, "ChatOpsApp": {"node": fake_node("18.20.4")}}
    server = jp_configurable_serverapp(config=config)
    extension = next(iter(server.extension_manager.extension_apps["jupyterlab_chatops"]))
    assert extension.bot.node == config["ChatOpsApp"]["node"]


async def test_passes_the_bots_own_error_on(refusal, workspace):
    workspace.behave(error=SYNTAX_ERROR)
    assert await refusal() == (SYNTAX_ERROR, 4503)


async def test_shows_the_last_lines_of_a_crash(refusal, workspace):
    workspace.behave(crash="\n".join(f"line {n}" for n in range(1, 31)))
    error, code = await refusal()
    assert (error["code"], code) == ("CHATOPS_BOT_START", 4503)
    assert "7" in error["message"]
    assert error["log"] == [f"line {n}" for n in range(11, 31)]


async def test_works_again_when_the_cause_is_mended(refusal, panel, workspace, clock):
    workspace.behave(error=SYNTAX_ERROR)
    await refusal()
    workspace.behave()
    clock.seconds += 1
    await panel()


async def test_starts_at_once_when_a_person_wants_it(refusal, panel, workspace):
    workspace.behave(error=SYNTAX_ERROR)
    await refusal()
    workspace.behave()
    await panel(params={"start": "now"})


async def test_starts_one_bot_for_all_panels(panel, workspace):
    await asyncio.gather(*(panel() for _ in range(5)))
    assert len(workspace.diary("ensure")) == 1


async def test_rests_longer_after_each_failure(refusal, workspace, clock):
    workspace.behave(crash="no")
    await asyncio.gather(refusal(), refusal())
    for count, rest in enumerate([1, 2, 4, 8, 10, 10], start=1):
        clock.seconds += rest - 1
        assert (await refusal())[0]["log"] == ["no"]
        assert len(workspace.diary("ensure")) == count
        clock.seconds += 1
        await refusal()
        assert len(workspace.diary("ensure")) == count + 1


async def test_names_the_workspace_for_kernels(jp_serverapp, workspace):
    assert os.environ["CHATOPS_WORKSPACE"] == str(workspace.folder)


async def test_reaches_a_bot_on_a_port(panel, workspace):
    workspace.behave(tcp=True)
    await panel()
    for path in ("/presence", "/chatops"):
        headers = (await workspace.until("open", path))["headers"]
        assert headers["authorization"] == "Bearer bot-token"
