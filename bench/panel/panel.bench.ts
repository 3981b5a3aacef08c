import type { CDPSession, Page } from '@playwright/test';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { WebSocket } from 'ws';
import { encodeFrame, PROTOCOL_VERSION } from '../../src/protocol';
import type { Chat } from '../../ui-tests/support/chat';
import type { JupyterLab } from '../../ui-tests/support/jupyter-lab';
import { configurationOf, skill } from '../../ui-tests/support/skills';
import { expect, test } from '../../ui-tests/support/test';
import { digits, target, type Target } from '../support/figures.mjs';
import { historyFiles, LONG } from './history';

/** How often one says something. */
const SAYINGS = Number(process.env.BENCH_RUNS ?? 100);

const rows: (string | number)[][] = [];
const targets: Target[] = [];

/** Adds a figure, held against its target from the issue if it has one. */
function figure(
  name: string,
  value: number,
  unit: string,
  relation?: '≤' | '<' | '≥',
  limit = 0
): void {
  if (relation) {
    targets.push(target(name, value, relation, limit, ` ${unit}`));
  } else {
    rows.push([name, `${digits(value)} ${unit}`]);
  }
}

test.use({
  // Nothing else is to be at work on the machine.
  ahead: false,
  files: {
    ...historyFiles(LONG),
    'configuration.yaml': configurationOf('ping'),
    'skills/ping/index.ts': skill(
      '/^ping (?<number>\\d+)$/',
      '  await message.respond(`pong ${message.match.groups.number}`);'
    )
  }
});

test('the chat panel', async ({ bot, chat, context, lab, page }) => {
  // The bot is there and Jupyter knows it, as it is for whoever opens the panel in the middle of a day.
  bot();
  await meet(lab);
  const sizes = { load: 0, shown: 0 };
  let when: keyof typeof sizes = 'load';
  page.on('response', response => {
    if (/\/extensions\/jupyterlab-chatops\/static\/.*\.js/.test(response.url())) {
      void response.body().then(body => (sizes[when] += gzipSync(body, { level: 9 }).length));
    }
  });
  await page.reload();
  await expect(page.locator('.jp-Launcher')).toBeFocused();
  await page.waitForLoadState('networkidle');

  when = 'shown';
  const session = await context.newCDPSession(page);
  const opened = await timeToOpen(page);
  await chat.isReady();
  figure('our JavaScript on page load, gzip', sizes.load / 1000, 'kB', '≤', 60);
  figure('more of it when the panel is first shown, gzip', sizes.shown / 1000, 'kB');
  figure('opening a history of 10,000 messages', opened, 'ms', '<', 300);

  await chat.say('/rooms empty');
  await expect(chat.panel.getByRole('button', { name: 'Room: empty' })).toBeVisible();
  await watchPaints(page);
  const short = await sayings(chat, page, 0);
  figure('Enter → own message painted, p50', median(short.own), 'ms', '<', 16);
  figure('Enter → own message painted, p95', percentile(short.own, 95), 'ms');
  figure('Enter → the bot’s reply painted, p50', median(short.reply), 'ms', '<', 50);
  figure('Enter → the bot’s reply painted, p95', percentile(short.reply, 95), 'ms');

  await chat.say('/clear');
  const before = await heap(session);
  await chat.say('/rooms general');
  await loadAll(chat);
  const after = await heap(session);
  figure('memory of 10,000 messages', (after - before) / 1e6, 'MB', '<', 60);
  figure('scrolling through them, median', await framesPerSecond(page), 'frames/s', '≥', 50);

  await chat.log.press('End');
  const newest = chat.panel.getByRole('button', { name: /Newest messages|new message/ });
  if (await newest.isVisible()) {
    await newest.click();
  }
  await watchPaints(page);
  const long = await sayings(chat, page, SAYINGS);
  figure('appending to them: Enter → own message painted, p50', median(long.own), 'ms', '<', 16);

  writeFileSync(
    process.env.CHATOPS_FIGURES ?? 'figures.json',
    JSON.stringify({
      title: 'The chat panel in Chromium',
      runs: `${SAYINGS} messages each`,
      tables: [{ columns: ['without a target', 'measured'], rows }],
      targets
    })
  );
});

/** Lets Jupyter's relay find the bot, which takes the start of a program. */
async function meet({ url, token }: JupyterLab): Promise<void> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}chatops/connect?token=${token}`);
  socket.on('open', () =>
    socket.send(
      encodeFrame({
        type: 'hello',
        protocol: PROTOCOL_VERSION,
        client: { name: 'bench', version: '0' },
        rooms: []
      })
    )
  );
  await once(socket, 'message');
  socket.close();
}

/** From the shortcut to the newest message on the screen, its Markdown included, in milliseconds. */
async function timeToOpen(page: Page): Promise<number> {
  await page.evaluate(last => {
    const state = window as unknown as { opened: Promise<number> };
    state.opened = new Promise(resolve => {
      let began = 0;
      addEventListener('keydown', event => (began ||= event.timeStamp), true);
      const look = (): void => {
        const message = document.querySelector('.jp-ChatOps-log article:last-of-type');
        const isRendered = message?.querySelector('strong') !== null;
        if (isRendered && message?.textContent.includes(`Line ${last}`)) {
          // The frame that shows it has been handed over when a task after it runs.
          setTimeout(() => resolve(performance.now() - began));
        } else {
          requestAnimationFrame(look);
        }
      };
      look();
    });
  }, LONG);
  await page.keyboard.press('Alt+Shift+C');
  return page.evaluate(() => (window as unknown as { opened: Promise<number> }).opened);
}

/** Notes when Enter is pressed and when messages are painted. */
async function watchPaints(page: Page): Promise<void> {
  await page.evaluate(() => {
    interface Paints {
      began: number;
      own: number;
      reply: number;
      wanted: string;
      stop?: () => void;
    }
    const paints: Paints = { began: 0, own: 0, reply: 0, wanted: '' };
    const state = window as unknown as { paints?: Paints };
    state.paints?.stop?.();
    state.paints = paints;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Enter') {
        Object.assign(paints, { began: event.timeStamp, own: 0, reply: 0 });
      }
    };
    addEventListener('keydown', onKey, true);
    /**
     * Calls back when the frame with what has just been changed was handed over: next of all tasks, or
     * what the bot sends meanwhile would be counted as well.
     */
    const painted = (then: () => void): void => {
      requestAnimationFrame(() => void scheduler.postTask(then, { priority: 'user-blocking' }));
    };
    const observer = new MutationObserver(() => {
      const texts = [...document.querySelectorAll('.jp-ChatOps-log article')]
        .slice(-3)
        .map(node => node.textContent ?? '');
      if (!paints.own && texts.some(text => text.includes(`ping ${paints.wanted}`))) {
        paints.own = -1;
        painted(() => (paints.own = performance.now()));
      }
      if (!paints.reply && texts.some(text => text.includes(`pong ${paints.wanted}`))) {
        paints.reply = -1;
        painted(() => (paints.reply = performance.now()));
      }
    });
    observer.observe(document.querySelector('.jp-ChatOps-log')!, {
      childList: true,
      subtree: true
    });
    paints.stop = () => {
      observer.disconnect();
      removeEventListener('keydown', onKey, true);
    };
  });
}

/** Says something again and again; from Enter to what is painted, in milliseconds. */
async function sayings(
  chat: Chat,
  page: Page,
  from: number
): Promise<{ own: number[]; reply: number[] }> {
  interface State {
    paints: { began: number; own: number; reply: number; wanted: string };
  }
  const own: number[] = [];
  const reply: number[] = [];
  for (let number = from; number < from + SAYINGS; number++) {
    await page.evaluate(wanted => {
      (window as unknown as State).paints.wanted = wanted;
    }, String(number));
    await chat.input.fill(`ping ${number}`);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => (window as unknown as State).paints.reply > 0);
    const times = await page.evaluate(() => (window as unknown as State).paints);
    own.push(times.own - times.began);
    reply.push(times.reply - times.began);
  }
  return { own, reply };
}

/** What the page's scripts hold, in bytes, once what nobody needs is gone. */
async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}

/** Scrolls up until the oldest message is there. */
async function loadAll(chat: Chat): Promise<void> {
  await expect(chat.message(`Line ${LONG}`)).toBeVisible();
  await chat.log.evaluate(async log => {
    const oldest = (): boolean =>
      log.querySelector('article')?.textContent?.includes('line 1, ') ?? false;
    while (!oldest()) {
      log.scrollTop = 0;
      await new Promise(requestAnimationFrame);
    }
  });
}

/** How many frames a second one sees while scrolling down a screen in each third of a second. */
async function framesPerSecond(page: Page): Promise<number> {
  const frames = await page.locator('.jp-ChatOps-log').evaluate(async log => {
    const times: number[] = [];
    let last = performance.now();
    for (let count = 0; count < 300; count++) {
      log.scrollTop += log.clientHeight / 20;
      await new Promise(requestAnimationFrame);
      times.push(performance.now() - last);
      last = performance.now();
    }
    return times;
  });
  return 1000 / median(frames);
}

function median(values: number[]): number {
  return percentile(values, 50);
}

function percentile(values: number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))]!;
}
