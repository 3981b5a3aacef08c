import type { Case, Driver, Verdict } from './case';
import { meets } from './compare';
import { playChat } from './drivers/chat';
import { playConfig } from './drivers/config';
import { playCore } from './drivers/core';
import { playCrontab } from './drivers/crontab';
import { playEvents } from './drivers/events';
import { playHost } from './drivers/host';
import { playLoader } from './drivers/loader';
import { playWeb } from './drivers/web';
import { playWebsocket } from './drivers/websocket';

/** Who knows which cases; the first who does plays it. */
const DRIVERS: readonly Driver[] = [
  playChat,
  playCrontab,
  playConfig,
  playWebsocket,
  playWeb,
  playEvents,
  playLoader,
  playCore,
  playHost
];

/** No case takes so long, in milliseconds. */
const LONGEST = 60_000;

/** Plays a case and says whether what happened is what should. */
export async function judge(given: Case): Promise<Verdict> {
  const { id, expect: expected } = given;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Verdict>(resolve => {
    timer = setTimeout(() => {
      resolve({ id, passed: false, expected, got: `nothing within ${LONGEST / 1000} s` });
    }, LONGEST);
  });
  try {
    return await Promise.race([play(given), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function play(given: Case): Promise<Verdict> {
  const { id } = given;
  const isQuirk = given.quirk === true || given.successor !== undefined;
  try {
    for (const drive of DRIVERS) {
      const finding = await drive(given);
      if (finding) {
        const { observed, replaced, expected = given.expect } = finding;
        if (isQuirk && !finding.expected) {
          return {
            id,
            passed: false,
            expected: { successor: given.successor },
            got: 'no rule for it'
          };
        }
        return {
          id,
          passed: meets(expected, observed),
          expected,
          got: observed,
          ...(replaced !== undefined && { replaced })
        };
      }
    }
  } catch (error) {
    return { id, passed: false, expected: given.expect, got: error };
  }
  return { id, passed: false, expected: given.expect, got: 'a case of no known form' };
}
