import { describe, expect, test } from 'vitest';
import {
  atOnce,
  namedEndpoint,
  relayAddress,
  relayEndpoint
} from '../../../src/lab/bot-link/endpoint';

const server = {
  baseUrl: 'https://hub.example.org/user/ann/',
  wsUrl: 'wss://hub.example.org/user/ann/',
  token: 'secret',
  appendToken: true
};

describe('the bot of this workspace', () => {
  test('is reached below Jupyter’s base URL, with its token where cookies are not enough', () => {
    expect(relayEndpoint(server, '/w').url).toBe(
      'wss://hub.example.org/user/ann/chatops/connect?token=secret'
    );
    expect(relayEndpoint({ ...server, appendToken: false }, '/w').url).toBe(
      'wss://hub.example.org/user/ann/chatops/connect'
    );
    expect(relayAddress(server)).toBe('https://hub.example.org/user/ann/chatops/connect');
  });

  test('is started at once for a person who asks for it', () => {
    expect(atOnce('wss://h/chatops/connect?token=t')).toBe(
      'wss://h/chatops/connect?token=t&start=now'
    );
    expect(atOnce('wss://h/chatops/connect')).toBe('wss://h/chatops/connect?start=now');
  });

  test('is another one where the same address shows another folder', () => {
    expect(relayEndpoint(server, '/a').scope).not.toBe(relayEndpoint(server, '/b').scope);
  });
});

describe('a bot that is named by its address', () => {
  test.each([
    ['ws://127.0.0.1:8080', 'ws://127.0.0.1:8080/chatops', undefined],
    ['http://127.0.0.1:8080/', 'ws://127.0.0.1:8080/chatops', undefined],
    ['https://bots.example.org/team', 'wss://bots.example.org/team', undefined],
    ['wss://bots.example.org?token=a%2Bb', 'wss://bots.example.org/chatops', 'a+b'],
    ['ws://h/x?room=1&token=t', 'ws://h/x?room=1', 't']
  ])('%s', (address, url, token) => {
    const endpoint = namedEndpoint(address)!;
    expect([endpoint.url, endpoint.token]).toEqual([url, token]);
    // Its token may change; what was written for it stays its own.
    expect(endpoint.scope).toBe(url);
  });

  test.each(['127.0.0.1:8080', 'ftp://h', 'nonsense', 'ws:', ''])('not by %j', address => {
    expect(namedEndpoint(address)).toBeUndefined();
  });
});
