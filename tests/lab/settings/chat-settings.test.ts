import { Signal } from '@lumino/signaling';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  ChatSettings,
  defaultSettings,
  type SettingSource
} from '../../../src/lab/settings/chat-settings';

class Source implements SettingSource {
  composite: SettingSource['composite'] = {};
  readonly changed: Signal<SettingSource, void> = new Signal<SettingSource, void>(this);

  /** A person changes the file of settings. */
  edit(composite: SettingSource['composite']): void {
    this.composite = composite;
    this.changed.emit();
  }

  async set(key: string, value: string | boolean): Promise<void> {
    this.edit({ ...this.composite, [key]: value });
  }
}

test('follows what a person sets, and tells of real changes only', async () => {
  const source = new Source();
  source.composite = { userName: ' Ann ', side: 'left' };
  const settings = new ChatSettings(async () => source);
  await settings.ready;
  expect(settings.values).toEqual({ ...defaultSettings, userName: 'Ann', side: 'left' });
  const seen: string[] = [];
  settings.changed.connect((_, { userName }) => seen.push(userName));
  source.edit({ userName: 'Ann', side: 'left' });
  source.edit({ userName: 'Bob' });
  expect(seen).toEqual(['Bob']);
  expect(settings.values.side).toBe('right');
});

test('takes what it cannot use for not set', async () => {
  const source = new Source();
  source.composite = { serverUrl: 7, userName: null, side: 'top', sendKey: 'space' };
  const settings = new ChatSettings(async () => source);
  await settings.ready;
  expect(settings.values).toEqual(defaultSettings);
});

test('a chat with the defaults is better than none', async () => {
  const settings = new ChatSettings(() => Promise.reject(new Error('no such schema')));
  await settings.ready;
  expect(settings.values).toEqual(defaultSettings);
});

test('the schema explains every setting, and has the same defaults', () => {
  const schema = JSON.parse(readFileSync('schema/chat.json', 'utf8')) as {
    properties: Record<string, { title: string; description: string; default: unknown }>;
  };
  const { properties } = schema;
  const defaults = Object.entries(properties).map(([name, value]) => [name, value.default]);
  expect(Object.fromEntries(defaults)).toEqual(defaultSettings);
  for (const { title, description } of Object.values(properties)) {
    expect(title).not.toBe('');
    expect(description).toMatch(/\.$/);
  }
});

test('sets a value, which is in force at once', async () => {
  const source = new Source();
  const settings = new ChatSettings(async () => source);
  await settings.set('side', 'main');
  expect(settings.values).toEqual({ ...defaultSettings, side: 'main' });
});
