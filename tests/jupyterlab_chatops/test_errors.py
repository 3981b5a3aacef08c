"""The relay's words are those of the one table of errors."""

import re
from pathlib import Path

import pytest

from jupyterlab_chatops.errors import TABLE
from jupyterlab_chatops.handler import UNAVAILABLE

PROTOCOL = Path(__file__).parents[2] / "src" / "protocol"


@pytest.mark.parametrize("code", TABLE)
def test_has_the_words_of_the_table(code):
    table = (PROTOCOL / "error-table.ts").read_text(encoding="utf-8")
    row = re.search(rf"^  {code}: \{{\s+what: '(.*)',\s+fix: '(.*)'\s+\}}", table, re.MULTILINE)
    assert row, f"{code} is not in the table"
    assert TABLE[code] == row.groups()


def test_closes_with_the_code_of_the_protocol():
    codes = (PROTOCOL / "close-code.ts").read_text(encoding="utf-8")
    assert f"unavailable: {UNAVAILABLE}\n" in codes
