"""`bot.hear` and its like: a plain cell answers the chat, with the notebook's own variables."""

import os
import re
import signal
from contextlib import suppress

import pytest
from tests.kernel.conftest import Kernel


@pytest.fixture(scope="module")
def kernel(kernel):
    yield kernel
    with suppress(Exception):
        started = kernel.run("await bot.start()").of("display_data")[0]["data"]["text/plain"]
        os.kill(int(re.search(r"process (\d+)", started).group(1)), signal.SIGTERM)


def run_cell(kernel, cell_id, code, **metadata):
    """Runs a cell as JupyterLab does: with the id that the notebook has for it."""
    content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": True}
    message = kernel.client.session.msg("execute_request", content, metadata={"cellId": cell_id, **metadata})
    kernel.client.shell_channel.send(message)
    return kernel.end(message["header"]["msg_id"])


def replies(kernel, text, **options):
    said = ", ".join([repr(text), *([str(options)] if options else [])])
    result = kernel.run(f"(await chat({said})).replies")
    assert result.status == "ok", result.traceback
    return result.value


def test_a_cell_answers_with_the_notebooks_variables(kernel):
    kernel.run("let visits = 0")
    result = run_cell(kernel, "greet", "bot.hear(/^visit$/, async message => { visits++; await message.respond(`visit ${visits} of ${message.user}`) })")
    assert "to /^visit$/" in result.value
    assert replies(kernel, "visit", user="Ada") == "[ 'visit 1 of Ada' ]"
    assert replies(kernel, "visit", user="Ada") == "[ 'visit 2 of Ada' ]"
    assert kernel.run("visits").value == "2"


def test_running_the_cell_again_replaces_its_handlers(kernel):
    run_cell(kernel, "again", "bot.hear(/^old$/, m => m.respond('old')); bot.hear(/^both$/, m => m.respond('one'))")
    assert replies(kernel, "old") == "[ 'old' ]"
    run_cell(kernel, "again", "bot.hear(/^both$/, m => m.respond('two'))")
    assert replies(kernel, "old") == "[]"
    assert replies(kernel, "both") == "[ 'two' ]"
    run_cell(kernel, "again", "// nothing any more")
    assert replies(kernel, "both") == "[]"


def test_it_is_live_before_the_next_line_of_its_own_cell(kernel):
    code = "bot.hear(/^at once$/, m => m.respond('here')); (await chat('at once')).replies"
    assert run_cell(kernel, "once", code).value == "[ 'here' ]"


def test_deleting_the_cell_removes_them(kernel):
    run_cell(kernel, "short-lived", "bot.hear(/^ping$/, m => m.respond('pong'))")
    assert replies(kernel, "ping") == "[ 'pong' ]"
    run_cell(kernel, "other", "1", deletedCells=["short-lived"])
    assert replies(kernel, "ping") == "[]"


def test_every_matcher_is_there_and_they_can_stand_around_each_other(kernel):
    run_cell(
        kernel,
        "matchers",
        "bot.hear('deploy {service} to {place}', m => m.respond(`${m.entity('service')}@${m.entity('place')}`));\n"
        "bot.matchRegex(/^outer$/, bot.matchRegex(/^inner$/, m => m.respond('either')));\n"
        "bot.constrainRooms(['ops'], bot.hear(/^where$/, m => m.respond('in ops')));\n"
        "bot.matchRegex(/^full (?<x>\\w+)$/, { description: 'all three' }, async (bot, config, message) => {\n"
        "  await message.respond(`${bot.name.length > 0} ${config.name} ${message.match.groups.x}`);\n"
        "});",
    )
    assert replies(kernel, "deploy web to prod") == "[ 'web@prod' ]"
    assert replies(kernel, "outer") == "[ 'either' ]"
    assert replies(kernel, "inner") == "[ 'either' ]"
    assert replies(kernel, "where") == "[]"
    assert replies(kernel, "where", room="ops") == "[ 'in ops' ]"
    assert re.fullmatch(r"\[ 'true cell \d+ yes' \]", replies(kernel, "full yes"))


def test_it_is_ranked_and_traced_like_any_skill(kernel):
    run_cell(kernel, "rank", "bot.hear(/weather/, m => m.respond('loose')); bot.hear(/^weather$/, { scoreFactor: 0.9 }, m => m.respond('exact'))")
    assert replies(kernel, "weather") == "[ 'exact' ]"
    trace = kernel.run("await why('weather')").value
    assert re.search(r"cell \d+ would answer", trace)
    assert "/weather/" in trace
    assert re.search(r"notebook cell \d+", kernel.run("await bot.skills()").value)


def test_late_output_and_errors_land_in_its_cell(kernel):
    code = "bot.hear(/^print$/, () => console.log('from the handler'));\nbot.hear(/^fail$/, () => {\n  throw new RangeError('in the handler');\n});"
    message = kernel.client.session.msg("execute_request", {"code": code, "silent": False}, metadata={"cellId": "late"})
    kernel.client.shell_channel.send(message)
    owner = message["header"]["msg_id"]
    kernel.end(owner)
    kernel.begin("const seen = [await chat('print'), await chat('fail')]; seen[1].replies")
    found = {}
    value = None
    while len(found) < 2 or value is None:
        got = kernel.client.get_iopub_msg(timeout=20)
        if got["msg_type"] in ("stream", "error"):
            assert got["parent_header"]["msg_id"] == owner
            found[got["msg_type"]] = got["content"]
        elif got["msg_type"] == "execute_result":
            value = got["content"]["data"]["text/plain"]
    assert found["stream"]["text"] == "from the handler\n"
    assert found["error"]["ename"] == "RangeError"
    assert ":3:9" in "\n".join(found["error"]["traceback"])
    assert "in the handler" in value or "failed" in value


def test_questions_memory_and_parts(kernel):
    run_cell(
        kernel,
        "talk",
        "import { card } from 'chatops';\n"
        "bot.hear(/^remember (\\w+)$/, async (bot, config, m) => {\n"
        "  await bot.memory.put('word', m.match[1]);\n"
        "  await m.respond(card({ title: 'Kept', fields: { word: m.match[1] } }));\n"
        "});\n"
        "bot.hear(/^recall$/, async (bot, config, m) => { await m.respond(String(await bot.memory.get('word'))) });",
    )
    kernel.run("await chat('remember tea')")
    run_cell(kernel, "talk2", "bot.hear(/^recall too$/, async (bot, config, m) => { await m.respond(String(await bot.memory.get('word'))) })")
    assert replies(kernel, "recall") == "[ 'tea' ]"
    # Other cells of the notebook, and the notebook itself, share what it remembers.
    assert replies(kernel, "recall too") == "[ 'tea' ]"
    assert kernel.run("await bot.memory.get('word')").value == "'tea'"
    kernel.run("await bot.memory.put('word', 'coffee')")
    assert replies(kernel, "recall") == "[ 'coffee' ]"


def test_a_bad_pattern_is_an_error_of_the_cell(kernel):
    result = run_cell(kernel, "bad", "const fine = 1;\nbot.hear('deploy {', () => 1)")
    assert result.status == "error"
    assert result.reply["ename"].startswith("CHATOPS_MATCHER")
    assert run_cell(kernel, "bad", "bot.hear(5 as any, () => 1)").reply["ename"] == "CHATOPS_MATCHER_ARGUMENT"


def test_a_loop_in_a_handler_is_stopped_and_the_others_go_on(kernel):
    run_cell(kernel, "loop", "bot.hear(/^loop$/, () => { console.log('looping'); while (true) {} }); bot.hear(/^alive$/, m => m.respond('yes'))")
    asked = kernel.begin("await chat('loop')")
    while True:
        got = kernel.client.get_iopub_msg(timeout=20)
        if got["msg_type"] == "stream" and "looping" in got["content"]["text"]:
            break
    kernel.interrupt()
    kernel.end(asked)
    assert replies(kernel, "alive") == "[ 'yes' ]"


def test_they_come_back_with_the_bot(kernel, wait_until):
    run_cell(kernel, "lasting", "bot.hear(/^lasting$/, m => m.respond('still here'))")
    started = kernel.run("await bot.start()").of("display_data")[0]["data"]["text/plain"]
    os.kill(int(re.search(r"process (\d+)", started).group(1)), signal.SIGKILL)
    wait_until(lambda: replies(kernel, "lasting") == "[ 'still here' ]", "the handler answers again")


def test_they_are_gone_with_the_kernel(kernel):
    other = Kernel(kernel.folder)
    run_cell(other, "elsewhere", "bot.hear(/^other$/, m => m.respond('from the other notebook'))")
    assert replies(kernel, "other") == "[ 'from the other notebook' ]"
    other.stop(now=True)
    assert replies(kernel, "other") == "[]"


def test_state_says_what_the_bot_is(kernel):
    state = kernel.run("const state: any = await bot.state(); [state.workspace, state.live.length > 0]").value
    assert str(kernel.folder) in state
    assert "true" in state
