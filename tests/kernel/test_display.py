"""Rich display: what values look like, bars, tables, and what the front end is asked to do."""

import json

import pytest


def shown(result):
    """What the cell showed, its value last."""
    return [c["data"] for c in result.of("display_data") + result.of("execute_result")]


@pytest.mark.parametrize(
    ("code", "mime", "part"),
    [
        ("[{ a: 1, b: 'x' }, { a: 22 }]", "text/html", "<td style=\"text-align:right\">22</td>"),
        ("display.table(new Map([['x', { n: 1 }]]))", "text/html", "<td style=\"text-align:left\">x</td>"),
        ("display.table([[1, 2], [3, 4]])", "text/html", ">3</td>"),
        ("display.table([{ a: 1, b: 2 }], { columns: ['b'] })", "text/plain", "b\n─\n2"),
        ("new TypeError('no <b>')", "text/html", "<strong>TypeError</strong>: no &lt;b&gt;"),
        ("({ outerHTML: '<i>x</i>' })", "text/html", "<i>x</i>"),
        ("({ outerHTML: '<svg></svg>' })", "image/svg+xml", "<svg></svg>"),
        ("({ toDataURL: () => 'data:image/png;base64,AAAA' })", "image/png", "AAAA"),
        ("Uint8Array.of(0xff, 0xd8, 0xff, 0)", "image/jpeg", "/9j/AA=="),
        ("Buffer.from('GIF89a')", "image/gif", "R0lGODlh"),
        ("display.latex`\\frac{1}{${2}}`", "text/latex", "\\frac{1}{2}"),
        ("display.svg('<svg/>')", "image/svg+xml", "<svg/>"),
        ("display.html`<b>${1 + 1}</b>`", "text/html", "<b>2</b>"),
        ("display.markdown('**a**')", "text/markdown", "**a**"),
        ("({ [Symbol.for('Jupyter.display')]: async () => ({ 'text/html': '<u>own</u>' }) })", "text/html", "<u>own</u>"),
        ("display.bundle({ 'text/html': 'a', 'text/plain': 'b' }, { metadata: { x: 1 } })", "text/plain", "b"),
    ],
)
def test_what_values_look_like(kernel, code, mime, part):
    [data] = shown(kernel.run(code))
    assert part in data[mime]
    assert "text/plain" in data


@pytest.mark.parametrize(
    ("code", "mime"),
    [
        ("({ $schema: 'https://vega.github.io/schema/vega-lite/v5.json', mark: 'bar' })", "application/vnd.vegalite.v5+json"),
        ("({ $schema: 'https://vega.github.io/schema/vega/v5.json', marks: [] })", "application/vnd.vega.v5+json"),
        ("display.vegaLite({ mark: 'bar' })", "application/vnd.vegalite.v5+json"),
        ("display.json({ mark: 'bar', n: 1n })", "application/json"),
    ],
)
def test_data_stays_data(kernel, code, mime):
    [data] = shown(kernel.run(code))
    assert isinstance(data[mime], dict)
    json.dumps(data[mime])


def test_a_picture_of_a_file(kernel):
    (kernel.folder / "dot.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert shown(kernel.run("display.image('dot.svg')"))[0]["image/svg+xml"].startswith("<svg")


def test_a_display_is_updated_from_a_later_cell(kernel):
    kernel.run("const status = display('waiting', { id: 'status-1' })")
    update = kernel.run("status.update('done')").of("update_display_data")[0]
    assert update["transient"]["display_id"] == "status-1"
    assert update["data"]["text/plain"] == "'done'"


class TestProgress:
    def test_a_bar_fills_while_a_loop_walks_through_a_list(self, kernel):
        result = kernel.run("let sum = 0; for (const n of display.progress([1, 2, 3], { label: 'Adding' })) sum += n; sum")
        assert result.value == "6"
        first = result.of("display_data")[0]
        last = result.of("update_display_data")[-1]
        assert first["data"]["text/plain"].startswith("Adding ░░░░░░░░░░░░░░░░░░░░ 0 % · 0 of 3")
        assert last["data"]["text/plain"].startswith("Adding ████████████████████ 100 % · 3 of 3")
        assert last["transient"] == first["transient"]
        assert '<progress aria-label="Adding" value="1" max="1">' in last["data"]["text/html"]

    def test_it_is_not_shown_for_every_single_step(self, kernel):
        result = kernel.run("for (const n of display.progress(Array.from({ length: 100_000 }))) {}")
        assert len(result.of("update_display_data")) < 1000
        assert "100000 of 100000" in result.of("update_display_data")[-1]["data"]["text/plain"]

    def test_lists_that_come_little_by_little(self, kernel):
        result = kernel.run(
            "async function* pages() { yield 'a'; yield 'b' }\n"
            "const seen: string[] = []; for await (const page of display.progress(pages())) seen.push(page); seen"
        )
        assert result.value == "[ 'a', 'b' ]"
        assert result.of("update_display_data")[-1]["data"]["text/plain"].startswith("2 · ")

    def test_a_loop_that_is_left_early(self, kernel):
        result = kernel.run("for (const n of display.progress([1, 2, 3, 4])) if (n === 3) break")
        assert "50 % · 2 of 4" in result.of("update_display_data")[-1]["data"]["text/plain"]

    def test_by_hand(self, kernel):
        result = kernel.run("const bar = display.progress(10); bar.advance(5, 'half'); bar.value += 5; bar.value")
        assert result.value == "10"
        assert "10 of 10" in result.of("update_display_data")[-1]["data"]["text/plain"]
        assert result.of("update_display_data")[-1]["data"]["text/plain"].endswith("half")


class TestPayloads:
    def test_page(self, kernel):
        result = kernel.run("display.page({ a: 1 }); 1")
        [page] = result.reply["payload"]
        assert page["source"] == "page"
        assert page["data"]["text/plain"] == "{ a: 1 }"
        assert shown(result) == [{"text/plain": "1"}]

    def test_a_question_mark_opens_the_help(self, kernel):
        [page] = kernel.run("%%bash?").reply["payload"]
        assert "Runs the rest of the cell in bash." in page["data"]["text/markdown"]

    def test_a_file_becomes_a_new_cell(self, kernel):
        (kernel.folder / "notes.ts").write_text("const a = 1;\n")
        [payload] = kernel.run("%load ./notes.ts").reply["payload"]
        assert payload == {"source": "set_next_input", "text": "const a = 1;", "replace": False}
        assert kernel.run("%load ./nowhere.ts").reply["ename"] == "CHATOPS_MAGIC_USAGE"
