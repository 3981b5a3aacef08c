"""The workshop's notebooks run from the command line, on the real kernel and bot, without a browser."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

WORKSHOP = Path(__file__).parents[2] / "workshop"
NOTEBOOKS = sorted(WORKSHOP.glob("[a-z][a-z]/*.ipynb"))
PROGRAM = WORKSHOP.parent / "dist" / "chatops.cjs"


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """An empty workspace, and sockets of its own for the bot that the notebook starts."""
    monkeypatch.delenv("CHATOPS_WORKSPACE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CHATOPS_RUNTIME_DIR", str(tmp_path / "run"))
    folder = tmp_path / "workspace"
    for path in (folder, tmp_path / "home", tmp_path / "run"):
        path.mkdir()
    return folder


def execute(notebook, workspace):
    client = NotebookClient(
        notebook, timeout=60, resources={"metadata": {"path": str(workspace)}}
    )
    client.execute()
    return notebook


def text_of(notebook, cell_id):
    """What a cell shows, as text."""
    cell = next(cell for cell in notebook.cells if cell.id == cell_id)
    return "\n".join(
        output.get("text") or output.get("data", {}).get("text/plain", "")
        for output in cell.outputs
    )


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.parent.name)
def test_a_workshop_runs_from_beginning_to_end(file, workspace):
    shutil.copy(file, workspace)
    notebook = execute(nbformat.read(workspace / file.name, as_version=4), workspace)
    assert "hello is live" in text_of(notebook, "skill-hello")
    assert "configuration.yaml is in force" in text_of(notebook, "configuration")
    assert "hello, devtools" in text_of(notebook, "start")
    assert re.search(r"chatops: (Hi|Hello|Hey) \w+", text_of(notebook, "say-hello"))
    # The lesson of the loose pattern: this sentence is answered too.
    assert re.search(r"chatops: (Hi|Hello|Hey) \w+", text_of(notebook, "bad-match"))
    assert "/hi|hello|hey|hallo/" in text_of(notebook, "why")
    assert "Chuck Norris" in text_of(notebook, "tell-me-about-chuck")
    assert (workspace / "skills/hello/index.ts").exists()
    assert "base-url: ${CHUCK_URL" in (workspace / "configuration.yaml").read_text()


def chatops(*words, cwd=None):
    """What the command line says."""
    return subprocess.run(
        ["node", str(PROGRAM), *words], cwd=cwd, capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.parent.name)
def test_the_solutions_of_a_workshop_do_every_step(file, workspace, tmp_path, monkeypatch):
    """One cell after another, on the real kernel and bot: then all steps are done."""
    command = tmp_path / "bin" / "chatops"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec node "{PROGRAM}" "$@"\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
    chatops("workshop", "build", str(WORKSHOP), "--solutions", str(tmp_path / "solutions"))
    solutions = tmp_path / "solutions" / file.parent.name / file.name
    # Begun from the terminal, so that the bot follows from the first cell on.
    chatops("workshop", "list", cwd=workspace)
    execute(nbformat.read(solutions, as_version=4), workspace)
    state = json.loads(chatops("workshop", "list", "--json", cwd=workspace))
    assert [step["id"] for step in state["steps"] if not step["done"]] == []
    # Done by what the cells did, and not by the command that solves.
    assert not any(step["solved"] for step in state["steps"])


def cells(*sources):
    return nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in sources],
        metadata={"kernelspec": {"name": "chatops", "display_name": "TypeScript (ChatOps)"}},
    )


HELLO = """%%skill hello
import { matchRegex } from 'chatops';
export const hello = matchRegex(/PATTERN/, async (bot, config, message) => {
  await message.respond(`Hi ${message.user}`);
});"""

SENTENCE = "do not say hello to this message"


def test_a_stricter_pattern_is_live_as_soon_as_its_cell_has_run(workspace):
    notebook = execute(
        cells(
            HELLO.replace("PATTERN", "hi|hello"),
            f"(await chat('{SENTENCE}', {{ user: 'Ann' }})).replies.join()",
            HELLO.replace("PATTERN", "^(hi|hello)$"),
            f"(await chat('{SENTENCE}', {{ user: 'Ann' }})).replies.length",
            "(await chat('hello', { user: 'Ann' })).replies.join()",
        ),
        workspace,
    )
    results = [
        output.data["text/plain"]
        for cell in notebook.cells
        for output in cell.outputs
        if output.output_type == "execute_result"
    ]
    assert [result.strip("'\"") for result in results] == ["Hi Ann", "0", "Hi Ann"]


@pytest.mark.parametrize(
    ("source", "code", "place"),
    [  # Lines are those of the cell, its first one included.
        ("%%skill hello\nexport const a = ;", "CHATOPS_SKILL_SYNTAX", "2:18"),
        ("%%skill hello\nimport x from './nothing';\nx();", "CHATOPS_SKILL_IMPORT", "2:15"),
        (
            "// %%skill hello\nimport { matchRegex } from 'chatops';\n"
            "export const a = matchRegex(/a/);",
            "CHATOPS_MATCHER_HANDLER",
            "3:18",
        ),
        ("%%config\nlogging:\n  level: loud\n", "CHATOPS_CONFIG_INVALID", "3:10"),
    ],
)
def test_a_cell_that_is_wrong_says_where_and_what_worked_goes_on(
    source, code, place, workspace
):
    notebook = cells(
        HELLO.replace("PATTERN", "hello"), source, "(await chat('hello')).replies.length"
    )
    notebook.cells[1].metadata["tags"] = ["raises-exception"]
    execute(notebook, workspace)
    (error,) = [o for o in notebook.cells[1].outputs if o.output_type == "error"]
    assert error.ename == code
    assert place in "\n".join(error.traceback)
    assert notebook.cells[2].outputs[-1].data["text/plain"] == "1"
