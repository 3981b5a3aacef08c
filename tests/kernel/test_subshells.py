"""Subshells (JEP 91): while a cell of one shell waits, a cell of another runs."""

import pytest


def execute(kernel, code, subshell=None):
    """Sends a cell to a shell, and gives the id of the request."""
    message = kernel.client.session.msg("execute_request", {"code": code, "silent": False, "stop_on_error": True})
    if subshell:
        message["header"]["subshell_id"] = subshell
    kernel.client.shell_channel.send(message)
    return message["header"]["msg_id"]


def states(kernel, *msg_ids):
    """The requests in the order in which they end."""
    order = []
    while len(order) < len(msg_ids):
        message = kernel.client.get_iopub_msg(timeout=20)
        parent = message["parent_header"].get("msg_id")
        if message["content"].get("execution_state") == "idle" and parent in msg_ids:
            order.append(parent)
    return order


@pytest.fixture
def subshell(kernel):
    created = kernel.ask("create_subshell_request", {}, channel="control")["subshell_id"]
    yield created
    if created in kernel.ask("list_subshell_request", {}, channel="control")["subshell_id"]:
        kernel.ask("delete_subshell_request", {"subshell_id": created}, channel="control")


def test_they_are_created_listed_and_deleted(kernel):
    def listed():
        return kernel.ask("list_subshell_request", {}, channel="control")["subshell_id"]

    one = kernel.ask("create_subshell_request", {}, channel="control")["subshell_id"]
    two = kernel.ask("create_subshell_request", {}, channel="control")["subshell_id"]
    assert one != two
    assert sorted(listed()) == sorted([one, two])
    for subshell in (one, two):
        reply = kernel.ask("delete_subshell_request", {"subshell_id": subshell}, channel="control")
        assert reply["status"] == "ok"
    assert listed() == []
    reply = kernel.ask("delete_subshell_request", {"subshell_id": one}, channel="control")
    assert (reply["status"], reply["ename"]) == ("error", "CHATOPS_KERNEL_SUBSHELL")


def test_a_cell_runs_while_another_shell_waits(kernel, subshell):
    waiting = execute(
        kernel,
        "let open = () => {}; const gate = new Promise<void>(r => open = r); console.log('begun'); await gate; 'main'",
    )
    kernel.wait_for_text(waiting, "begun")
    beside = execute(kernel, "open(); 'beside'", subshell)
    assert states(kernel, waiting, beside) in ([beside, waiting], [waiting, beside])
    replies = {}
    while not {waiting, beside} <= set(replies):
        reply = kernel.client.get_shell_msg(timeout=20)
        replies[reply["parent_header"]["msg_id"]] = reply["content"]
    assert {replies[waiting]["status"], replies[beside]["status"]} == {"ok"}
    # One session for all, and one count.
    assert kernel.run("typeof open").value == "'function'"
    assert replies[beside]["execution_count"] == replies[waiting]["execution_count"] + 1


def test_each_shell_keeps_its_own_order(kernel, subshell):
    kernel.run("const order: string[] = []")
    first = execute(kernel, "await new Promise(r => setTimeout(r, 50)); order.push('a1')", subshell)
    second = execute(kernel, "order.push('a2')", subshell)
    third = execute(kernel, "order.push('main')")
    states(kernel, first, second, third)
    assert kernel.run("order").value == "[ 'main', 'a1', 'a2' ]"


def test_an_error_aborts_the_queue_of_its_own_shell_only(kernel, subshell):
    main = execute(kernel, "await new Promise(r => setTimeout(r, 100)); globalThis.mainRan = true")
    failing = execute(kernel, "throw new Error('here')", subshell)
    aborted = execute(kernel, "globalThis.asideRan = true", subshell)
    states(kernel, main, failing, aborted)
    assert kernel.run("[typeof mainRan, typeof asideRan]").value == "[ 'boolean', 'undefined' ]"


def test_an_interrupt_stops_all_of_them(kernel, subshell):
    kernel.run("let kept = 1")
    main = kernel.begin("console.log('begun'); await new Promise(() => {})")
    kernel.wait_for_text(main, "begun")
    aside = execute(kernel, "console.log('spinning'); while (true) {}", subshell)
    kernel.wait_for_text(aside, "spinning")
    kernel.interrupt()
    states(kernel, main, aside)
    assert kernel.run("kept").value == "1"


def test_a_shell_that_is_not_there_is_an_abort(kernel):
    msg_id = execute(kernel, "1", "nowhere")
    reply = kernel.client.get_shell_msg(timeout=20)
    while reply["parent_header"]["msg_id"] != msg_id:
        reply = kernel.client.get_shell_msg(timeout=20)
    assert reply["content"]["status"] == "aborted"
