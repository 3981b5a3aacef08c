"""The notebook and the workspace's real bot: a skill cell runs, and the bot answers differently."""

import os
import re
import signal
from contextlib import suppress
from http.client import HTTPConnection
from urllib.parse import urlsplit

import psutil
import pytest

GREETING = """%%skill hello
import {{ matchRegex }} from 'chatops';

export const hello = matchRegex({pattern}, async (bot, config, message) => {{
  await message.respond(`Hi ${{message.user}}`);
}});
"""


@pytest.fixture(scope="module")
def bot_kernel(kernel):
    """A kernel whose bot ends with the tests."""
    yield kernel
    with suppress(Exception):
        os.kill(bot_pid(kernel), signal.SIGTERM)


def shown(result):
    """The text of what was displayed, its newest version of each display."""
    displays = {}
    for index, message in enumerate(result.messages):
        if message["msg_type"] in ("display_data", "update_display_data"):
            content = message["content"]
            key = content["transient"].get("display_id", index)
            displays[key] = content["data"]["text/plain"]
    return "\n".join(displays.values())


def bot_pid(kernel):
    return int(re.search(r"process (\d+)", shown(kernel.run("await bot.start()"))).group(1))


def test_start_says_where_the_bot_runs(bot_kernel):
    result = bot_kernel.run("await bot.start()")
    assert f"is running in {bot_kernel.folder}" in shown(result)
    assert result.value is None
    assert bot_kernel.run("bot.workspace").value == f"'{bot_kernel.folder}'"
    assert bot_kernel.run("bot.name.length > 0").value == "true"


def test_the_lesson_of_the_loose_pattern(bot_kernel):
    result = bot_kernel.run(GREETING.format(pattern="/hi|hello|hey|hallo/"))
    assert "hello is live: version 1, new" in shown(result)
    assert "hello  /hi|hello|hey|hallo/" in shown(result)
    assert (bot_kernel.folder / "skills" / "hello" / "index.ts").exists()

    said = bot_kernel.run("(await chat('do not say hello to this message', { user: 'Ada' })).replies")
    assert said.value == "[ 'Hi Ada' ]"

    result = bot_kernel.run(GREETING.format(pattern="/^(hi|hello|hey|hallo)$/"))
    assert "hello is live: version 2" in shown(result)
    assert "was /hi|hello|hey|hallo/" in shown(result)
    assert bot_kernel.run("(await chat('do not say hello to this message')).replies").value == "[]"
    assert bot_kernel.run("(await chat('hello', { user: 'Ada' })).replies").value == "[ 'Hi Ada' ]"


def test_chat_shows_the_conversation(bot_kernel):
    result = bot_kernel.run("await chat('hello', { user: '<b>Ada' })")
    assert shown(result).startswith("<b>Ada: hello\n")
    assert "Hi <b>Ada" in shown(result)
    html = [c["data"]["text/html"] for c in result.of("display_data")][-1]
    assert "Hi &lt;b&gt;Ada" in html
    assert "<b>" not in html
    # The conversation is the output; the value is not shown a second time.
    assert result.value is None


def test_a_forgotten_await_shows_the_same_below_its_cell(bot_kernel):
    result = bot_kernel.run("chat('hello', { user: 'Ada' })")
    assert "Hi Ada" in shown(result)
    assert result.value is None


@pytest.mark.parametrize(
    ("body", "code", "place"),
    [
        ("export const hello = matchRegex(/x/, async () => {", "CHATOPS_SKILL_SYNTAX", ":3:51"),
        ("import x from './nowhere';\nexport const hello = matchRegex(/x/, x);", "CHATOPS_SKILL_IMPORT", ":3:15"),
        ("export const hello = matchRegex(/x/);", "CHATOPS_MATCHER_HANDLER", ":3:22"),
        ("\nnull.x;\nexport const hello = 1;", "CHATOPS_SKILL_LOAD", ":4:6"),
    ],
)
def test_a_broken_skill_is_shown_at_its_line_and_the_old_one_answers(bot_kernel, body, code, place):
    bot_kernel.run(GREETING.format(pattern="/^hello$/"))
    cell = f"%%skill hello\nimport {{ matchRegex }} from 'chatops';\n{body}"
    result = bot_kernel.run(cell)
    assert result.reply["ename"] == code
    assert f"cell {result.reply['execution_count']}{place}" in result.traceback
    line = place.split(":")[1]
    assert f"> {line} | {cell.splitlines()[int(line) - 1]}" in result.traceback
    assert "which worked, keeps answering" in result.traceback
    assert bot_kernel.run("(await chat('hello', { user: 'Ada' })).replies").value == "[ 'Hi Ada' ]"


def test_the_configuration_from_a_cell(bot_kernel):
    text = (bot_kernel.folder / "configuration.yaml").read_text()
    result = bot_kernel.run(f"%%config\n{text}\n")
    assert "configuration.yaml is in force" in shown(result)
    result = bot_kernel.run("%%config\nskills:\n  - name: [")
    assert result.reply["ename"] == "CHATOPS_CONFIG_SYNTAX"
    assert f"cell {result.reply['execution_count']}:3" in result.traceback


def test_why_skills_logs_and_reload(bot_kernel):
    bot_kernel.run(GREETING.format(pattern="/^hello$/"))
    assert "hello would answer" in bot_kernel.run("await why('hello')").value
    assert "No skill matches" in bot_kernel.run("await why('nothing of ours')").value
    said = "const said = await chat('hello'); await why(said.seq)"
    assert "hello answered" in bot_kernel.run(said).value
    assert "/^hello$/" in bot_kernel.run("await bot.skills()").value
    assert "hello" in bot_kernel.run("await bot.logs(20)").value
    (bot_kernel.folder / "skills" / "hello" / "index.ts").write_text(
        "import { matchRegex } from 'chatops';\n"
        "export const other = matchRegex(/^other$/, async message => { await message.respond('o') });\n"
    )
    bot_kernel.run("await bot.reload()")
    assert "/^other$/" in bot_kernel.run("await bot.skills()").value


def test_a_skill_cell_can_try_its_skill_at_once(bot_kernel):
    cell = GREETING.format(pattern="/^hi$/").replace("%%skill hello", '%%skill tried --quiet --why "hi" --say \'hi\'')
    result = bot_kernel.run(cell.replace("Hi $", "Tried $"))
    assert "is live" not in shown(result)
    assert "tried" in shown(result)
    assert re.search(r"Tried \w+", shown(result))
    refused = bot_kernel.run("%%skill tried --loud\n")
    assert refused.reply["ename"] == "CHATOPS_MAGIC_USAGE"
    assert "--say" in refused.reply["evalue"]


def test_the_source_of_a_skill_becomes_a_cell(bot_kernel):
    [payload] = bot_kernel.run("%load tried").reply["payload"]
    assert payload["source"] == "set_next_input"
    assert payload["text"].startswith("%%skill tried\nimport { matchRegex } from 'chatops';")
    assert "did you mean `tried`" in bot_kernel.run("%load tryed").reply["evalue"]


def test_a_bot_that_is_killed_comes_back(bot_kernel):
    bot_kernel.run(GREETING.format(pattern="/^hello$/"))
    first = bot_pid(bot_kernel)
    os.kill(first, signal.SIGKILL)
    assert bot_kernel.run("(await chat('hello', { user: 'Ada' })).replies").value == "[ 'Hi Ada' ]"
    assert bot_pid(bot_kernel) != first


def test_a_mistake_in_a_call_is_shown_where_the_call_is(bot_kernel):
    result = bot_kernel.run("const a: number = 1;\nawait chat('');")
    assert result.reply["ename"] == "CHATOPS_FRAME_INVALID"
    assert f"cell {result.reply['execution_count']}:2:7" in result.traceback


def test_an_interrupt_ends_a_wait_for_the_bot(bot_kernel):
    bot_kernel.run(
        "%%skill slow\nimport { matchRegex } from 'chatops';\n"
        "export const slow = matchRegex(/^slow$/, async message => {\n"
        "  await message.respond('wait');\n  await new Promise(r => setTimeout(r, 50_000));\n});\n"
    )
    msg_id = bot_kernel.begin("await chat('slow')")
    while True:
        message = bot_kernel.client.get_iopub_msg(timeout=20)
        data = message["content"].get("data", {})
        if "wait" in data.get("text/plain", ""):
            break
    bot_kernel.interrupt()
    assert bot_kernel.end(msg_id).reply["ename"] == "CHATOPS_CELL_INTERRUPTED"


def test_a_fixture_answers_and_ends_with_the_kernel(fresh_kernel, wait_until):
    result = fresh_kernel.run("const chuck = await startFixture('chuck'); chuck.url")
    url = result.value.strip("'")
    assert url in shown(result)
    assert fresh_kernel.run("(await startFixture('chuck')).url").value == result.value
    connection = HTTPConnection(urlsplit(url).netloc, timeout=20)
    connection.request("GET", "/jokes/random")
    assert connection.getresponse().status == 200
    assert fresh_kernel.run("await startFixture('chuk')").reply["ename"] == "CHATOPS_FIXTURE_UNKNOWN"
    children = psutil.Process(fresh_kernel.pid).children()
    assert len(children) == 1
    os.kill(fresh_kernel.pid, signal.SIGKILL)
    wait_until(lambda: not children[0].is_running(), "the fixture has ended")
