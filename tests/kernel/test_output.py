"""Output: all of it, in order, before the cell is done, and below the cell it belongs to."""

import nbformat
import pytest
from nbclient import NotebookClient


@pytest.mark.parametrize("count", [1, 400, 1_000, 10_000, 100_000])
def test_every_line_is_there_before_the_cell_is_idle(kernel, count):
    result = kernel.run(f"for (let i = 0; i < {count}; i++) console.log('line', i)")
    assert result.text() == "".join(f"line {i}\n" for i in range(count))
    # And in batches: a message for each line would drown the front end.
    assert len(result.messages) < 100


def test_a_slow_reader_loses_nothing(kernel, wait_until):
    msg_id = kernel.begin("for (let i = 0; i < 40; i++) console.log(String(i).padEnd(1_000_000, '.'))")
    # Meanwhile the kernel answers others.
    assert kernel.ask("history_request", {"hist_access_type": "tail", "n": 1})["status"] == "ok"
    text = kernel.end(msg_id).text()
    assert len(text) == 40 * 1_000_001


def test_streams_and_displays_keep_their_order(kernel):
    result = kernel.run(
        """
        console.log('a'); console.error('b'); console.log('c');
        display.html('d'); process.stdout.write('e'); display.html('f'); console.log('g')
        """
    )
    order = [
        m["content"].get("text") or m["content"]["data"]["text/html"] for m in result.messages
    ]
    assert order == ["a\n", "b\n", "c\n", "d", "e", "f", "g\n"]


def test_output_appears_while_a_cell_is_busy(kernel):
    msg_id = kernel.begin("console.log('begun'); while (true) {}")
    kernel.wait_for_text(msg_id, "begun")
    kernel.interrupt()
    kernel.end(msg_id)


def test_any_text_arrives_as_it_was_written(kernel):
    result = kernel.run(
        "process.stdout.write('€ 🎈 \\u0000 '); process.stdout.write(Buffer.from('🎈').subarray(0, 2));"
        "process.stdout.write(Buffer.from('🎈').subarray(2)); console.log('%s %d', 'x', 1)"
    )
    assert result.text() == "€ 🎈 \0 🎈x 1\n"


def test_late_output_and_late_errors_belong_to_the_cell_that_caused_them(kernel):
    first = kernel.begin("setTimeout(() => { console.log('late'); nobody() }, 50); 1")
    kernel.end(first)
    second = kernel.begin("await new Promise(r => setTimeout(r, 150)); console.log('second')")
    owners = {}
    while len(owners) < 3:
        message = kernel.client.get_iopub_msg(timeout=20)
        parent = message["parent_header"]["msg_id"]
        if message["msg_type"] == "stream":
            owners[message["content"]["text"].strip()] = parent
        elif message["msg_type"] == "error":
            owners["error"] = parent
            assert message["content"]["ename"] == "ReferenceError"
    kernel.end(second)
    assert owners == {"late": first, "error": first, "second": second}


def test_a_rejection_that_nobody_handles_is_shown_and_the_session_lives(kernel):
    result = kernel.run("void Promise.reject(new TypeError('alone')); await new Promise(r => setTimeout(r, 20)); 7")
    assert result.status == "ok"
    assert result.value == "7"
    assert [error["ename"] for error in result.of("error")] == ["TypeError"]


def test_a_display_is_updated_in_place(kernel):
    result = kernel.run("const shown = display('a'); shown.update('b'); display.clear({ wait: true })")
    data = result.of("display_data")[0]
    update = result.of("update_display_data")[0]
    assert data["transient"]["display_id"] == update["transient"]["display_id"]
    assert update["data"]["text/plain"] == "'b'"
    assert result.of("clear_output") == [{"wait": True}]


def test_a_large_display_arrives_whole(kernel):
    result = kernel.run("display.html('x'.repeat(20_000_000))")
    assert len(result.of("display_data")[0]["data"]["text/html"]) == 20_000_000


def test_a_notebook_run_without_a_browser_keeps_every_line(tmp_path):
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("for (let i = 0; i < 3000; i++) console.log(i)"),
            nbformat.v4.new_code_cell("interface P { x: number }\nconst p: P = { x: 1 };\np"),
        ],
        metadata={"kernelspec": {"name": "chatops", "display_name": "x", "language": "typescript"}},
    )
    NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}).execute()
    text = "".join(output["text"] for output in notebook.cells[0].outputs)
    assert text.split() == [str(i) for i in range(3000)]
    assert notebook.cells[1].outputs[0]["data"]["text/plain"] == "{ x: 1 }"
    assert notebook.metadata.language_info["codemirror_mode"] == "typescript"
