import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { editFile, editorOf } from '../../../src/bot/cli/editor';
import { ChatOpsError } from '../../../src/protocol';
import { temporaryFolder } from '../../support/temporary-folder';

test('the editor is the one that the environment names', () => {
  expect(editorOf({ VISUAL: 'code --wait', EDITOR: 'nano' }, 'linux')).toBe('code --wait');
  expect(editorOf({ VISUAL: '', EDITOR: 'nano' }, 'linux')).toBe('nano');
  expect(editorOf({}, 'linux')).toBe('vi');
  expect(editorOf({}, 'win32')).toBe('notepad');
});

describe('editing', () => {
  const append = `${JSON.stringify(process.execPath)} -e "require('fs').appendFileSync(process.argv[1], 'more')"`;

  test('hands the file over whole, whatever is in its name', () => {
    const folder = temporaryFolder({ "it's $HOME.yaml": 'a' });
    const file = path.join(folder, "it's $HOME.yaml");
    editFile(file, append);
    expect(readFileSync(file, 'utf8')).toBe('amore');
  });

  test.each([
    ['no-such-editor-here', 'there is no such command'],
    ['exit 3; :', 'it ended with 3']
  ])('with `%s` fails: %s', (editor, reason) => {
    let error: unknown;
    try {
      editFile('x', editor);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ChatOpsError);
    expect((error as ChatOpsError).record).toMatchObject({
      code: 'CHATOPS_EDITOR',
      message: expect.stringContaining(reason)
    });
  });
});
