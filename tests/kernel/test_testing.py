"""Tests of skills, written in cells."""

SKILL = """
import { matchRegex } from 'chatops';
export const hello = matchRegex(/^hello$/, async (bot, config, message) => {
  await message.respond(`Hi ${message.user}`);
});
"""

SETUP = """
import { testBot } from 'chatops/testing';
const chat = testBot({ skills: ['hello'] });
await chat.user('ann').says('hello');
"""


def test_a_cell_talks_to_a_skill_and_says_what_was_answered(fresh_kernel, tmp_path):
    folder = tmp_path / "skills" / "hello"
    folder.mkdir(parents=True)
    (folder / "index.ts").write_text(SKILL)
    assert fresh_kernel.run(SETUP).status == "ok"
    assert fresh_kernel.run("chat.expectReply(/Hi ann/).text").value == "'Hi ann'"
    failed = fresh_kernel.run("chat.expectReply('Hello ann');")
    assert failed.status == "error"
    assert 'Expected the reply "Hello ann".' in failed.traceback
    assert "wins" in failed.traceback
    assert "testing.mjs" not in failed.traceback
