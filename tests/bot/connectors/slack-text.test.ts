import { describe, expect, test } from 'vitest';
import { emojiName, emojiOf } from '../../../src/bot/connectors/slack/slack-emoji';
import { fromMrkdwn, piecesOf, toMrkdwn } from '../../../src/bot/connectors/slack/slack-text';

describe('Markdown in Slack’s markup', () => {
  test.each([
    ['**bold** and *slanted* and ~~gone~~', '*bold* and _slanted_ and ~gone~'],
    ['# Title', '*Title*'],
    ['- one\n- two', '• one\n• two'],
    ['[the log](https://ci.example/7)', '<https://ci.example/7|the log>'],
    ['a < b && c > d', 'a &lt; b &amp;&amp; c &gt; d'],
    ['> quoted', '> quoted'],
    ['<!channel>', '&lt;!channel&gt;'],
    ['`**as it is**`', '`**as it is**`'],
    ['```ts\nconst a = 2 ** 3;\n```', '```\nconst a = 2 ** 3;\n```'],
    ['2 * 3 * 4, snake_case_name', '2 * 3 * 4, snake_case_name']
  ])('%j', (markdown, mrkdwn) => {
    expect(toMrkdwn(markdown)).toBe(mrkdwn);
  });
});

describe('what people write in Slack, as text', () => {
  const names = {
    self: 'UBOT',
    user: (id: string) => ({ U1: 'Ann' })[id] ?? id,
    room: (id: string) => ({ C1: 'ops' })[id]
  };
  test.each([
    ['<@UBOT> deploy', 'deploy'],
    ['<@UBOT>: deploy', 'deploy'],
    ['ask <@U1> in <#C1> or <#C9|random>', 'ask @Ann in #ops or #random'],
    ['see <http://a.example|a.example>', 'see a.example'],
    ['see <https://a.example/x?a=1&amp;b=2>', 'see https://a.example/x?a=1&b=2'],
    ['<mailto:me@a.example|me@a.example>', 'me@a.example'],
    ['<!here> 1 &lt; 2 &amp;amp;', '@here 1 < 2 &amp;']
  ])('%j', (mrkdwn, text) => {
    expect(fromMrkdwn(mrkdwn, names)).toBe(text);
  });
});

test('pieces of a long text lose nothing but the gaps, and never half a character', () => {
  expect(piecesOf('one two three', 8)).toEqual(['one two', 'three']);
  const faces = '😀'.repeat(10);
  const pieces = piecesOf(faces, 5);
  expect(pieces.join('')).toBe(faces);
  expect(pieces.every(piece => [...piece].every(character => character === '😀'))).toBe(true);
});

test('emoji go by Slack’s names and come back', () => {
  expect(emojiName('👍')).toBe('+1');
  expect(emojiName(':partyparrot:')).toBe('partyparrot');
  expect(emojiName('❤')).toBe(emojiName('❤️'));
  expect(emojiOf('thumbsup')).toBe('👍');
  expect(emojiOf('partyparrot')).toBe(':partyparrot:');
});
