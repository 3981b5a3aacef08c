import { describe, expect, test } from 'vitest';
import { chatMarkdown, isPlain } from '../../../src/lab/chat/chat-text';

describe('plain words', () => {
  test.each([
    'Hi root',
    'do not say hello to this message',
    'Really?! 3.14, yes.',
    'one\ntwo',
    'مرحبا'
  ])('%j reads the same with and without Markdown', text => expect(isPlain(text)).toBe(true));

  test.each([
    '**bold**',
    '`code`',
    'see https://example.org',
    'www.example.org',
    '- item',
    '1. item',
    '    code',
    'a\n\nb',
    '$x^2$',
    'a <b> c',
    '| a | b |',
    '# title',
    '~~no~~',
    'mail me@example.org'
  ])('%j does not', text => expect(isPlain(text)).toBe(false));
});

describe('Markdown of a chat', () => {
  test('breaks lines where they were broken', () => {
    expect(chatMarkdown('one\ntwo\n\nthree')).toBe('one  \ntwo\n\nthree');
  });

  test('shows tags as they were written', () => {
    expect(chatMarkdown('say <name> or </b> or <!-- x -->')).toBe(
      'say &lt;name> or &lt;/b> or &lt;!-- x -->'
    );
    expect(chatMarkdown('1 < 2, a <- b')).toBe('1 < 2, a <- b');
  });

  test('leaves addresses between brackets', () => {
    expect(chatMarkdown('<https://example.org/a?b=c>')).toBe('<https://example.org/a?b=c>');
  });

  test.each([
    '```ts\nif (a < b) {\n  <div>\n}\n```',
    '~~~\n<a>\nb\n~~~',
    '```\nstill <open>\nhere',
    '`<name>`',
    '``a ` <b>\nc``'
  ])('touches no code: %j', text => expect(chatMarkdown(text)).toBe(text));

  test('goes on after code', () => {
    expect(chatMarkdown('a <b>\n```\n<c>\n```\nd\n<e>')).toBe(
      'a &lt;b>  \n```\n<c>\n```  \nd  \n&lt;e>'
    );
  });
});
