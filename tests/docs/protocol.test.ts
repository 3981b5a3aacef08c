import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  clientFrameSchema,
  decodeClientFrame,
  decodeServerFrame,
  serverFrameSchema,
  type ClientFrame,
  type ServerFrame
} from '../../src/protocol';

const page = readFileSync('docs/protocol.md', 'utf8');

function examples(side: 'client' | 'server'): string[] {
  return [...page.matchAll(new RegExp(`\`\`\`json ${side}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    match => match[1]!
  );
}

/** What an example shows, after going through the validation that the wire goes through. */
function through<T extends ClientFrame | ServerFrame>(
  decode: (text: string) => T,
  texts: string[]
): string[] {
  return texts.map(text => {
    const frame = decode(text);
    // A field that validation drops is one that the protocol does not have.
    expect(frame).toEqual(JSON.parse(text));
    return frame.type;
  });
}

function types(schema: {
  def: { options: readonly { shape: { type: { def: { values: readonly unknown[] } } } }[] };
}): unknown[] {
  return schema.def.options.map(option => option.shape.type.def.values[0]);
}

test('every frame of a client is shown as it is', () => {
  const shown = through(decodeClientFrame, examples('client'));
  expect(new Set(shown)).toEqual(new Set(types(clientFrameSchema as never)));
});

test('every frame of a bot is shown as it is', () => {
  const shown = through(decodeServerFrame, examples('server'));
  expect(new Set(shown)).toEqual(new Set(types(serverFrameSchema as never)));
});
