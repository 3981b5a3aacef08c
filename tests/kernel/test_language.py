"""What TypeScript's own language server knows, as completions, explanations and warnings."""

import os
import signal

import psutil
import pytest
from tests.kernel.conftest import ROOT, Kernel

SKILL = "%%skill hello\nimport { matchRegex } from 'chatops';\n"


@pytest.fixture
def kernel(typed_kernel):
    return typed_kernel


def complete(kernel, code):
    at = code.index("|")
    reply = kernel.ask("complete_request", {"code": code.replace("|", ""), "cursor_pos": at})
    return reply["matches"]


def inspect(kernel, code, detail=0):
    at = code.index("|")
    content = {"code": code.replace("|", ""), "cursor_pos": at, "detail_level": detail}
    reply = kernel.ask("inspect_request", content)
    return reply["data"].get("text/markdown", "") if reply["found"] else None


def warning(kernel, msg_id):
    """The type warnings of a cell, which may come after it is done."""
    while True:
        message = kernel.client.get_iopub_msg(timeout=20)
        if message["msg_type"] == "display_data" and message["parent_header"]["msg_id"] == msg_id:
            return message["content"]["data"]


def test_types_of_earlier_cells(kernel):
    kernel.run("interface User { name: string; age?: number }\nconst ada: User = JSON.parse('{\"name\":\"Ada\",\"x\":1}')")
    # What the type has, and behind it what the value has although the type does not say so.
    assert complete(kernel, "ada.|")[:3] == ["age", "name", "x"]
    assert complete(kernel, "let other: Us|") == ["User"]
    kernel.run("const ada = [1]")
    assert complete(kernel, "ada.fla|") == ["flat", "flatMap"]


def test_explanations_hold_type_documentation_and_value(kernel):
    kernel.run("/** How many there are. */\nconst amount: number = 3;")
    text = inspect(kernel, "amou|nt")
    assert "const amount: number" in text
    assert "How many there are." in text
    assert "```typescript\n3\n```" in text
    kernel.run("/** Adds. @param a the first */\nfunction add(a: number, b = 1): number { return a + b }")
    assert "**`b?: number`**" in inspect(kernel, "add(1, |)")
    assert "return a + b" in inspect(kernel, "add|", detail=1)
    assert "Reads the entire" not in (inspect(kernel, "amount|") or "")
    kernel.run("import fs from 'node:fs'")
    assert "the contents of the `path`" in inspect(kernel, "fs.readFileSync(|")


def test_the_modules_of_cells_are_no_ones_business(kernel):
    assert not [name for name in complete(kernel, "import x from './|'") if "chatops" in name]
    assert not [name for name in complete(kernel, "|") if name.startswith("__chatops")]


def test_skill_cells_know_chatops(kernel):
    assert complete(kernel, "%%skill hello\nimport { matchReg| } from 'chatops'") == ["matchRegex"]
    handler = "export const a = matchRegex(/a/, async (bot, config, message) => message.resp|)"
    assert complete(kernel, SKILL + handler) == ["respond"]
    assert complete(kernel, "// " + SKILL + handler) == ["respond"]
    assert "matchRegex(pattern: RegExp | string" in inspect(kernel, SKILL + "matchRegex(|)")
    # Names of the session are not there for the bot.
    kernel.run("const mine = 1")
    assert complete(kernel, SKILL + "min|") == []
    assert complete(kernel, "%%config\nmin|") == []


def test_type_errors_are_shown_and_the_cell_runs(kernel):
    msg_id = kernel.begin("const wrong: string =\n  5;\nwrong")
    data = warning(kernel, msg_id)
    assert ":1:7 Type 'number' is not assignable to type 'string'. (TS2322)" in data["text/plain"]
    assert "> 1 | const wrong: string =" in data["text/plain"]
    assert "Type &#39;number&#39;" in data["text/html"]
    assert kernel.run("wrong").value == "5"


def test_type_errors_of_a_skill(kernel):
    cell = SKILL + "export const a = matchRegex(/x/, async (bot, config, message) => message.respon('x'));"
    kernel.run("%typecheck error")
    result = kernel.run(cell)
    assert result.reply["ename"] == "CHATOPS_CELL_TYPES"
    assert f"cell {result.reply['execution_count']}:3:74" in result.traceback
    assert not (kernel.folder / "skills").exists()
    kernel.run("%typecheck warn")


def test_type_errors_block_when_asked_to_and_can_be_left_out(kernel, no_more_messages):
    kernel.run("let runs = 0")
    result = kernel.run("%typecheck error\nruns++;\nconst bad: string = runs;\nconst worse: number = '';")
    assert result.reply["ename"] == "CHATOPS_CELL_TYPES"
    assert "> 3 | const bad: string = runs;" in result.traceback
    assert ":4:7 Type 'string'" in result.traceback
    assert kernel.run("runs").value == "0"
    kernel.run("%typecheck off")
    msg_id = kernel.begin("runs++; const bad: string = runs; bad")
    assert kernel.end(msg_id).value == "1"
    assert kernel.run("runs").value == "1"
    assert [m for m in no_more_messages(kernel.client) if m["msg_type"] == "display_data"] == []
    assert "TypeScript 7" in kernel.run("%typecheck warn").of("display_data")[0]["data"]["text/plain"]
    assert kernel.run("%typecheck sometimes").reply["ename"] == "CHATOPS_MAGIC_USAGE"


def test_the_bot_of_cells_has_the_types_of_chatops(kernel):
    assert complete(kernel, "bot.matchPar|") == ["matchParse"]
    assert complete(kernel, "bot.hear(/a/, async message => message.respon|)") == ["respond"]
    assert "Answers the chat from this cell" in inspect(kernel, "bot.hear|")
    assert complete(kernel, "bot.memory.ge|") == ["get"]


@pytest.mark.skipif(os.name == "nt", reason="how the server is made to hang")
def test_no_cell_waits_for_a_server_that_hangs(kernel):
    kernel.run("const zebra = { stripe: 1 }")
    complete(kernel, "zebra.|")
    [server] = psutil.Process(kernel.pid).children()
    os.kill(server.pid, signal.SIGSTOP)
    try:
        for number in range(20):
            assert kernel.run(f"const n: number = {number}; n").value == str(number)
        # Values alone are told then.
        assert complete(kernel, "zebra.str|") == ["stripe"]
    finally:
        os.kill(server.pid, signal.SIGCONT)


def test_the_server_ends_with_the_kernel(kernel, wait_until):
    complete(kernel, "1|")
    [server] = psutil.Process(kernel.pid).children()
    os.kill(kernel.pid, signal.SIGKILL)
    wait_until(lambda: not server.is_running(), "the server has ended")


def test_where_typescript_is_missing_it_is_said_once_how_to_get_it(fresh_kernel):
    texts = [inspect(fresh_kernel, "Math|"), inspect(fresh_kernel, "JSON|")]
    assert "npm install --save-dev typescript" in texts[0]
    assert "npm install" not in texts[1]
    shown = fresh_kernel.run("%typecheck").of("display_data")[0]["data"]["text/markdown"]
    assert "npm install --save-dev typescript" in shown


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for npm is a shell script")
def test_nothing_is_downloaded_behind_ones_back(tmp_path, wait_until):
    (tmp_path / "bin").mkdir()
    npm = tmp_path / "bin" / "npm"
    npm.write_text(f"#!/bin/sh\necho \"$@\" >> {tmp_path}/called\n")
    npm.chmod(0o755)
    notebook = tmp_path / "notebook"
    (notebook / "node_modules").mkdir(parents=True)
    (notebook / "node_modules" / "typescript").symlink_to(ROOT / "node_modules" / "typescript", True)
    # All of it would make an editor fetch types: packages without them, and files of JavaScript.
    (notebook / "package.json").write_text('{"dependencies": {"lodash": "*", "express": "*"}}')
    (notebook / "plain.js").write_text("import _ from 'lodash'; export const chunk = _.chunk;")
    path = f"{tmp_path}/bin{os.pathsep}{os.environ['PATH']}"
    kernel = Kernel(notebook, {"PATH": path})
    try:
        for code in ["import _ from 'lodash'; _.|", "import { chunk } from './plain'; chunk|", SKILL + "match|"]:
            complete(kernel, code)
            inspect(kernel, code)
        [server] = psutil.Process(kernel.pid).children()
        wait_until(lambda: server.cpu_percent(0.2) == 0, "the server rests")
        assert not (tmp_path / "called").exists()
    finally:
        kernel.stop(now=True)
