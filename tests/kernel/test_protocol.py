"""The messaging protocol beyond what Jupyter's own tests look at."""

import time

import pytest


def test_kernel_info_names_the_language_as_jupyterlab_looks_it_up(kernel):
    info = kernel.ask("kernel_info_request", {})
    assert info["language_info"] | {"version": ""} == {
        "name": "typescript",
        "version": "",
        "mimetype": "application/typescript",
        "file_extension": ".ts",
        "pygments_lexer": "typescript",
        "codemirror_mode": "typescript",
        "nbconvert_exporter": "script",
    }
    assert info["supported_features"] == ["debugger", "kernel subshells"]
    assert kernel.ask("kernel_info_request", {}, channel="control") == info


def test_an_execution_is_told_in_order(kernel):
    client = kernel.client
    kernel.run("1")
    msg_id = client.execute("console.log(1); 2")
    kinds = []
    while not kinds or kinds[-1] != "idle":
        message = client.get_iopub_msg(timeout=20)
        assert message["parent_header"]["msg_id"] == msg_id
        kind = message["msg_type"]
        kinds.append(message["content"]["execution_state"] if kind == "status" else kind)
    assert kinds == ["busy", "execute_input", "stream", "execute_result", "idle"]
    client.get_shell_msg(timeout=20)


class TestExecution:
    def test_silent_shows_no_result_and_counts_not(self, kernel):
        before = kernel.run("1").reply["execution_count"]
        result = kernel.run("globalThis.quiet = 5", silent=True)
        assert result.messages == []
        assert kernel.run("quiet").reply["execution_count"] == before + 1

    def test_without_history_it_counts_not(self, kernel):
        before = kernel.run("1").reply["execution_count"]
        assert kernel.run("2", store_history=False).reply["execution_count"] == before
        tail = kernel.ask("history_request", {"hist_access_type": "tail", "n": 1})
        assert tail["history"][0][2] == "1"

    def test_an_empty_cell(self, kernel):
        before = kernel.run("1").reply["execution_count"]
        result = kernel.run(" \n")
        assert (result.status, result.reply["execution_count"]) == ("ok", before)

    def test_user_expressions(self, kernel):
        result = kernel.run(
            "const base = 20",
            user_expressions={"sum": "base + 1", "late": "await base", "bad": "nobody", "worse": "1 +"},
        )
        values = result.reply["user_expressions"]
        assert values["sum"]["data"]["text/plain"] == "21"
        assert values["late"]["data"]["text/plain"] == "20"
        assert values["bad"]["ename"] == "ReferenceError"
        assert values["worse"]["ename"] == "SyntaxError"

    def test_an_error_aborts_what_was_sent_before_it_was_known(self, kernel):
        ids = [kernel.begin(code) for code in ("throw new Error('stop')", "globalThis.after = 1", "2")]
        assert [kernel.end(i).status for i in ids] == ["error", "aborted", "aborted"]
        assert kernel.run("typeof after").value == "'undefined'"

    def test_unless_it_is_told_not_to(self, kernel):
        ids = [
            kernel.begin("throw new Error('go on')", stop_on_error=False),
            kernel.begin("3"),
        ]
        assert [kernel.end(i).status for i in ids] == ["error", "ok"]

    def test_a_question_mark_pages_what_is_known(self, kernel):
        page = kernel.run("chat?").reply["payload"][0]
        assert page["source"] == "page"
        assert "Says something to the bot" in page["data"]["text/markdown"]
        assert kernel.run("nobody?").text() == "Nothing is known about nobody.\n"


class TestWhileACellRuns:
    """Requests on the side are answered while a cell waits, and while it computes."""

    @pytest.fixture(params=["await new Promise(() => {})", "while (true) {}"])
    def busy(self, request, kernel):
        kernel.run("const alphabet = { beta: 1 }")
        msg_id = kernel.begin(f"console.log('begun'); {request.param}")
        kernel.wait_for_text(msg_id, "begun")
        yield kernel
        kernel.interrupt()
        kernel.end(msg_id)

    def test_completion(self, busy):
        content = {"code": "alphabet.be", "cursor_pos": 11}
        reply = busy.ask("complete_request", content)
        assert reply["matches"] == ["beta"]
        assert (reply["cursor_start"], reply["cursor_end"]) == (9, 11)
        types = reply["metadata"]["_jupyter_types_experimental"]
        assert types == [{"start": 9, "end": 11, "text": "beta", "type": "variable"}]

    def test_inspection(self, busy):
        content = {"code": "alphabet", "cursor_pos": 3, "detail_level": 0}
        reply = busy.ask("inspect_request", content)
        assert reply["found"]
        assert "beta: 1" in reply["data"]["text/plain"]

    def test_everything_else(self, busy):
        assert busy.ask("kernel_info_request", {})["status"] == "ok"
        assert busy.ask("comm_info_request", {})["comms"] == {}
        assert busy.ask("is_complete_request", {"code": "f("})["status"] == "incomplete"
        history = busy.ask("history_request", {"hist_access_type": "tail", "n": 1})["history"]
        assert "begun" in history[0][2]

    def test_the_cell_is_announced_as_running_again(self, busy):
        busy.ask("comm_info_request", {})
        states = []
        while not states or states[-1] != ("busy", "execute_request"):
            message = busy.client.get_iopub_msg(timeout=20)
            if message["msg_type"] == "status":
                states.append((message["content"]["execution_state"], message["parent_header"]["msg_type"]))
        assert states[-3:] == [
            ("busy", "comm_info_request"),
            ("idle", "comm_info_request"),
            ("busy", "execute_request"),
        ]


def test_the_cursor_counts_characters(kernel):
    kernel.run("const zebra = { stripe: 1 }")
    code = "'🎈🎈' + zebra.st"
    reply = kernel.ask("complete_request", {"code": code, "cursor_pos": len(code)})
    assert reply["matches"] == ["stripe"]
    assert code[reply["cursor_start"] : reply["cursor_end"]] == "st"


class TestInput:
    def answer(self, kernel, value):
        request = kernel.client.get_stdin_msg(timeout=20)
        kernel.client.input(value)
        return request["content"]

    def test_prompt_and_confirm(self, kernel):
        msg_id = kernel.begin("const who = prompt('Who?'); const sure = confirm(); [who, sure]", allow_stdin=True)
        assert self.answer(kernel, "ada 🎈") == {"prompt": "Who? ", "password": False}
        assert self.answer(kernel, "y")["prompt"] == "Are you sure? [y/N] "
        assert kernel.end(msg_id).value == "[ 'ada 🎈', true ]"

    def test_defaults_and_passwords(self, kernel):
        msg_id = kernel.begin("[prompt('A', 'none'), prompt('B', '', { password: true })]", allow_stdin=True)
        self.answer(kernel, "")
        assert self.answer(kernel, "secret")["password"] is True
        assert kernel.end(msg_id).value == "[ 'none', 'secret' ]"

    def test_where_nobody_can_answer(self, kernel):
        assert kernel.run("prompt('Who?')", allow_stdin=False).reply["ename"] == "CHATOPS_CELL_INPUT"

    def test_an_interrupt_ends_the_question(self, kernel):
        msg_id = kernel.begin("prompt('Who?')", allow_stdin=True)
        kernel.client.get_stdin_msg(timeout=20)
        kernel.interrupt()
        assert kernel.end(msg_id).reply["ename"] == "CHATOPS_CELL_INTERRUPTED"
        msg_id = kernel.begin("prompt('Again?')", allow_stdin=True)
        self.answer(kernel, "yes")
        assert kernel.end(msg_id).value == "'yes'"


class TestComms:
    def send(self, kernel, msg_type, content, buffers=()):
        session = kernel.client.session
        message = session.msg(msg_type, content)
        session.send(kernel.client.shell_channel.socket, message, buffers=list(buffers))
        return message["header"]["msg_id"]

    def next(self, kernel, kind):
        while True:
            message = kernel.client.get_iopub_msg(timeout=20)
            if message["msg_type"] == kind:
                return message

    def test_opened_by_the_front_end(self, kernel):
        kernel.run(
            """
            comms.register('counter', (comm, { data }) => {
              comm.onMessage = event => comm.send({ sum: data.start + event.data.n }, { buffers: event.buffers });
            })
            """
        )
        self.send(kernel, "comm_open", {"comm_id": "c1", "target_name": "counter", "data": {"start": 40}})
        self.send(kernel, "comm_msg", {"comm_id": "c1", "data": {"n": 2}}, [b"\x00\xff"])
        answer = self.next(kernel, "comm_msg")
        assert answer["content"] == {"comm_id": "c1", "data": {"sum": 42}}
        assert [bytes(buffer) for buffer in answer["buffers"]] == [b"\x00\xff"]
        assert kernel.ask("comm_info_request", {"target_name": "counter"})["comms"] == {
            "c1": {"target_name": "counter"}
        }
        self.send(kernel, "comm_close", {"comm_id": "c1", "data": {}})
        assert kernel.ask("comm_info_request", {})["comms"] == {}

    def test_opened_by_a_cell(self, kernel):
        result = kernel.run("const comm = comms.open('widget', { a: 1 }); comm.send({ b: 2 }); comm.close(); comm.target")
        kinds = [m["msg_type"] for m in result.messages]
        assert kinds == ["comm_open", "comm_msg", "comm_close", "execute_result"]
        assert result.of("comm_open")[0]["target_name"] == "widget"

    def test_a_target_that_nobody_knows_is_closed(self, kernel):
        self.send(kernel, "comm_open", {"comm_id": "c2", "target_name": "nobody", "data": {}})
        assert self.next(kernel, "comm_close")["content"]["comm_id"] == "c2"


def test_what_the_protocol_does_not_know_is_overlooked(kernel):
    client = kernel.client
    client.shell_channel.send(client.session.msg("make_coffee_request", {}))
    client.shell_channel.socket.send_multipart([b"<IDS|MSG>", b"wrong", b"{}", b"{}", b"{}", b"{}"])
    client.shell_channel.socket.send_multipart([b"nonsense"])
    assert kernel.run("1").value == "1"


def test_the_heart_beats_while_a_cell_runs(kernel):
    msg_id = kernel.begin("console.log('begun'); while (true) {}")
    kernel.wait_for_text(msg_id, "begun")
    socket = kernel.client.hb_channel
    deadline = time.monotonic() + 20
    while not socket.is_beating():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    kernel.interrupt()
    kernel.end(msg_id)
