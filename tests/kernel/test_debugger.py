"""The debugger, spoken to as JupyterLab's does: breakpoints in cells, variables, stepping."""

import os

import pytest

CELL = """interface Item { name: string; price: number }
const items: Item[] = [{ name: 'tea', price: 3 }, { name: 'cake', price: 5 }];

function total(list: Item[]): number {
  let sum = 0;
  for (const item of list) {
    sum += item.price;
  }
  return sum;
}

const paid = total(items);
console.log(paid);
"""


class Debugger:
    """A front end's side of the Debug Adapter Protocol."""

    def __init__(self, kernel):
        self.kernel = kernel
        self.seq = 0

    def ask(self, command, /, **arguments):
        self.seq += 1
        content = {"type": "request", "seq": self.seq, "command": command, "arguments": arguments}
        reply = self.kernel.ask("debug_request", content, channel="control")
        assert reply["type"] == "response"
        assert reply["request_seq"] == self.seq
        assert reply["command"] == command
        assert reply["success"], reply.get("message")
        return reply["body"]

    def start(self):
        self.ask("initialize", clientID="jupyterlab", adapterID="chatops", linesStartAt1=True)
        self.ask("attach")

    def set(self, code, *lines):
        path = self.ask("dumpCell", code=code)["sourcePath"]
        return self.set_in(path, *lines)

    def set_in(self, path, *lines):
        body = self.ask(
            "setBreakpoints",
            source={"path": path},
            breakpoints=[{"line": line} for line in lines],
            sourceModified=False,
        )
        return [point["line"] for point in body["breakpoints"] if point["verified"]]

    def event(self, name):
        while True:
            message = self.kernel.client.get_iopub_msg(timeout=20)
            if message["msg_type"] == "debug_event" and message["content"]["event"] == name:
                return message["content"]["body"]

    def stopped(self):
        """Waits until the code stands still, and gives the calls that led there."""
        assert self.event("stopped")["threadId"] == 1
        return self.ask("stackTrace", threadId=1)["stackFrames"]

    def variables(self, frame=0):
        return {
            scope["name"]: {
                variable["name"]: variable
                for variable in self.ask("variables", variablesReference=scope["variablesReference"])["variables"]
            }
            for scope in self.ask("scopes", frameId=frame)["scopes"]
        }

    def go(self):
        self.ask("continue", threadId=1)


@pytest.fixture
def debugger(kernel):
    attached = Debugger(kernel)
    attached.start()
    yield attached
    attached.ask("disconnect", restart=False, terminateDebuggee=False)


def test_the_kernel_says_that_it_has_one(kernel):
    info = kernel.ask("kernel_info_request", {})
    assert info["debugger"] is True
    assert "debugger" in info["supported_features"]
    about = Debugger(kernel).ask("debugInfo")
    assert about["isStarted"] is False
    assert about["hashMethod"] == "Murmur2"
    path = Debugger(kernel).ask("dumpCell", code="42")["sourcePath"]
    assert path.startswith(about["tmpFilePrefix"])
    assert path.endswith(about["tmpFileSuffix"])


def test_breakpoint_variables_and_what_follows(kernel, debugger):
    assert debugger.set(CELL, 7, 12) == [7, 12]
    msg_id = kernel.begin(CELL)
    [frame] = debugger.stopped()
    assert frame["line"] == 12
    assert debugger.ask("source", source=frame["source"])["content"] == CELL
    session = debugger.variables()["Session"]
    assert session["items"]["value"] == "Array(2) [Object, Object]"
    debugger.go()
    inner, outer = debugger.stopped()
    assert (inner["name"], inner["line"]) == ("total", 7)
    assert outer["line"] == 12
    found = debugger.variables()
    assert found["Locals"]["sum"]["value"] == "0"
    assert found["Locals"]["item"]["value"] == "{name: 'tea', price: 3}"
    assert set(found["Locals"]) == {"sum", "item", "list"}
    [name, price] = debugger.ask("variables", variablesReference=found["Locals"]["item"]["variablesReference"])[
        "variables"
    ][:2]
    assert (name["name"], name["value"], price["value"]) == ("name", "'tea'", "3")
    assert debugger.ask("evaluate", expression="(sum + 1) as number", frameId=0)["result"] == "1"
    rich = debugger.ask("richInspectVariables", variableName="list", frameId=0)
    assert "<table>" in rich["data"]["text/html"]
    debugger.go()
    debugger.stopped()
    debugger.set(CELL)
    debugger.go()
    result = kernel.end(msg_id)
    assert result.text() == "8\n"


def test_stepping(kernel, debugger):
    debugger.set(CELL, 12)
    msg_id = kernel.begin(CELL)
    debugger.stopped()
    debugger.ask("stepIn", threadId=1)
    frames = debugger.stopped()
    assert (frames[0]["name"], frames[0]["line"]) == ("total", 5)
    debugger.ask("next", threadId=1)
    assert debugger.stopped()[0]["line"] == 6
    debugger.ask("stepOut", threadId=1)
    assert debugger.stopped()[0]["line"] == 13
    debugger.go()
    assert kernel.end(msg_id).status == "ok"


def test_stepping_past_the_end_lets_later_cells_run(kernel, debugger):
    code = "const last = 1;"
    debugger.set(code, 1)
    msg_id = kernel.begin(code)
    debugger.stopped()
    for _ in range(5):
        debugger.ask("next", threadId=1)
        if not debugger.ask("debugInfo")["stoppedThreads"]:
            break
    assert kernel.end(msg_id).status == "ok"
    assert kernel.run("last + 1").value == "2"


def test_code_that_awaits(kernel, debugger):
    code = "const before = 1;\nawait null;\nconst after = before + 1;\nafter"
    debugger.set(code, 2)
    msg_id = kernel.begin(code)
    assert debugger.stopped()[0]["line"] == 2
    debugger.ask("next", threadId=1)
    assert debugger.stopped()[0]["line"] == 3
    debugger.go()
    assert kernel.end(msg_id).value == "2"


def test_lines_without_code_pass_their_breakpoint_on(kernel, debugger):
    assert debugger.set(CELL, 3) == [4]
    assert debugger.set("// nothing\n// here", 1) == []
    skill = "%typecheck off\n\nconst after = 1;"
    assert debugger.set(skill, 1) == [3]
    msg_id = kernel.begin(skill)
    assert debugger.stopped()[0]["line"] == 3
    debugger.go()
    kernel.end(msg_id)


def test_functions_of_earlier_cells_and_of_files(kernel, debugger):
    kernel.run(CELL)
    debugger.set(CELL, 9)
    msg_id = kernel.begin("total([])")
    assert debugger.stopped()[0]["line"] == 9
    debugger.go()
    assert kernel.end(msg_id).value == "0"
    debugger.set(CELL)
    file = kernel.folder / "shop.ts"
    file.write_text("interface A { a: number }\nexport function price(a: A): number {\n  return a.a * 2;\n}\n")
    debugger.set_in(str(file), 3)
    msg_id = kernel.begin("import { price } from './shop'; price({ a: 4 })")
    frames = debugger.stopped()
    assert (frames[0]["line"], frames[0]["source"]["path"]) == (3, str(file))
    assert "interface A" in debugger.ask("source", source=frames[0]["source"])["content"]
    debugger.go()
    assert kernel.end(msg_id).value == "8"


def test_decorated_classes_stop_at_their_lines(kernel, debugger):
    code = "const same = (v: any, c: any) => v;\nclass A {\n  @same\n  go() {\n    return 5;\n  }\n}\nnew A().go()"
    debugger.set(code, 5)
    msg_id = kernel.begin(code)
    assert debugger.stopped()[0]["line"] == 5
    debugger.go()
    assert kernel.end(msg_id).value == "5"


def test_errors_stop_where_they_are_thrown_when_asked_to(kernel, debugger):
    debugger.ask("setExceptionBreakpoints", filters=["all"])
    code = "const n = 1;\nthrow new RangeError('far');"
    debugger.set(code)
    msg_id = kernel.begin(code)
    body = debugger.event("stopped")
    assert body["reason"] == "exception"
    assert "RangeError: far" in body["text"]
    assert debugger.ask("stackTrace", threadId=1)["stackFrames"][0]["line"] == 2
    debugger.go()
    assert kernel.end(msg_id).reply["ename"] == "RangeError"
    debugger.ask("setExceptionBreakpoints", filters=[])
    assert kernel.run("throw 1").status == "error"


def test_what_cells_declared_while_nothing_stands_still(kernel):
    kernel.run("const answer = 42, question = { text: 'why?' }; const fetch = 'mine'")
    debugger = Debugger(kernel)
    variables = {v["name"]: v for v in debugger.ask("inspectVariables")["variables"]}
    assert variables["answer"]["value"] == "42"
    assert variables["question"]["value"] == "{text: 'why?'}"
    assert variables["fetch"]["value"] == "'mine'"
    rich = debugger.ask("richInspectVariables", variableName="question")
    assert rich["data"]["text/plain"] == "{ text: 'why?' }"


def test_breakpoints_are_remembered_across_a_new_page(kernel, debugger):
    path = debugger.ask("dumpCell", code=CELL)["sourcePath"]
    debugger.set(CELL, 12)
    about = debugger.ask("debugInfo")
    assert about["isStarted"] is True
    assert {"source": path, "breakpoints": [{"line": 12}]} in about["breakpoints"]
    debugger.set(CELL)


def test_completion_and_other_answers_come_while_the_code_stands_still(kernel, debugger):
    debugger.set(CELL, 12)
    msg_id = kernel.begin(CELL)
    debugger.stopped()
    matches = kernel.ask("complete_request", {"code": "items.le", "cursor_pos": 8})["matches"]
    assert "items.length" in matches or "length" in matches
    debugger.go()
    kernel.end(msg_id)


def test_the_stop_button_ends_a_cell_that_stands_still(kernel, debugger):
    code = "let spins = 0;\nwhile (true) {\n  spins++;\n}"
    debugger.set(code, 3)
    msg_id = kernel.begin(code)
    debugger.stopped()
    kernel.interrupt()
    assert kernel.end(msg_id).reply["ename"] == "CHATOPS_CELL_INTERRUPTED"
    assert kernel.run("spins >= 0").value == "true"


def test_going_away_lets_the_code_run_on(kernel):
    debugger = Debugger(kernel)
    debugger.start()
    debugger.set(CELL, 12)
    msg_id = kernel.begin(CELL)
    debugger.stopped()
    debugger.ask("disconnect", restart=False)
    assert kernel.end(msg_id).text() == "8\n"
    assert kernel.run(CELL).text() == "8\n"


def test_a_variable_becomes_a_global(kernel, debugger):
    debugger.set(CELL, 9)
    msg_id = kernel.begin(CELL)
    debugger.stopped()
    debugger.ask("copyToGlobals", srcVariableName="sum", dstVariableName="kept", srcFrameId=0)
    debugger.go()
    kernel.end(msg_id)
    assert kernel.run("kept").value == "8"


def test_a_mistake_in_a_request_is_told(kernel):
    content = {"type": "request", "seq": 1, "command": "stackTrace", "arguments": {}}
    reply = kernel.ask("debug_request", content, channel="control")
    assert reply["success"] is False
    assert "not attached" in reply["message"]
    content = {"type": "request", "seq": 2, "command": "dance", "arguments": {}}
    assert kernel.ask("debug_request", content, channel="control")["success"] is False
