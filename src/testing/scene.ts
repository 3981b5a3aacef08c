import { AsyncLocalStorage } from 'node:async_hooks';
import { promisify } from 'node:util';
import type { VirtualClock } from './virtual-clock';

/** What the code of a skill finds around it in a test, instead of the real world. */
export interface Scene {
  clock: VirtualClock;
  fetch(request: Request): Promise<Response>;
  /** One more timer is running, or one less. */
  onTimer(change: 1 | -1): void;
}

const scenes = new AsyncLocalStorage<Scene>();

/** A timer in virtual time, with what Node's timers have. */
class VirtualTimer {
  private handle: unknown;
  private isOpen = true;

  constructor(
    private readonly scene: Scene,
    private readonly callback: () => void,
    private readonly wait: number,
    private readonly repeats: boolean
  ) {
    scene.onTimer(1);
    this.start();
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  refresh(): this {
    if (this.isOpen) {
      this.scene.clock.clearTimeout(this.handle);
      this.start();
    }
    return this;
  }

  close(): this {
    if (this.isOpen) {
      this.isOpen = false;
      this.scene.clock.clearTimeout(this.handle);
      this.scene.onTimer(-1);
    }
    return this;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  private start(): void {
    const { clock } = this.scene;
    this.handle = clock.setTimeout(
      () => {
        if (this.repeats) {
          this.start();
        } else {
          this.close();
        }
        scenes.run(this.scene, this.callback);
      },
      Math.max(1, this.wait)
    );
  }
}

type Callback = (...values: unknown[]) => void;

/** What is put in the place of the platform's own, for as long as a test needs it. */
const real = {
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
  clearTimeout: globalThis.clearTimeout,
  clearInterval: globalThis.clearInterval,
  fetch: globalThis.fetch,
  Date: globalThis.Date,
  timeout: AbortSignal.timeout
};

let users = 0;

/** Lets code run in a scene: its time is virtual, and it reaches only what the test answers. */
export function play<T>(scene: Scene, code: () => T): T {
  return scenes.run(scene, code);
}

/** The scene of whoever calls; nothing outside of any. */
export function sceneAtHand(): Scene | undefined {
  return scenes.getStore();
}

/** What a skill's own timer functions are, for `node:timers/promises`. */
export const timersPromises: Readonly<Record<string, unknown>> = {
  setTimeout: (milliseconds?: number, value?: unknown) =>
    new Promise(resolve => globalThis.setTimeout(() => resolve(value), milliseconds)),
  setImmediate: (value?: unknown) => new Promise(resolve => setImmediate(() => resolve(value))),
  setInterval: async function* (milliseconds?: number, value?: unknown) {
    for (;;) {
      await new Promise<void>(resolve => globalThis.setTimeout(resolve, milliseconds));
      yield value;
    }
  },
  scheduler: {
    wait: (milliseconds?: number) =>
      new Promise<void>(resolve => globalThis.setTimeout(resolve, milliseconds)),
    yield: () => new Promise<void>(resolve => setImmediate(() => resolve()))
  }
};

/**
 * Puts functions in the place of the platform's own that follow the scene of whoever calls them;
 * outside of any scene they do what those did.
 *
 * @returns what takes them away again, once the last who asked for them has called it.
 */
export function enterScenes(): () => void {
  if (users++ === 0) {
    Object.assign(real, {
      setTimeout: globalThis.setTimeout,
      setInterval: globalThis.setInterval,
      clearTimeout: globalThis.clearTimeout,
      clearInterval: globalThis.clearInterval,
      fetch: globalThis.fetch,
      Date: globalThis.Date,
      timeout: AbortSignal.timeout
    });
    Object.assign(globalThis, {
      setTimeout: timerFunction('setTimeout', false),
      setInterval: timerFunction('setInterval', true),
      clearTimeout: clearFunction('clearTimeout'),
      clearInterval: clearFunction('clearInterval'),
      fetch: sceneFetch,
      Date: sceneDate(real.Date)
    });
    AbortSignal.timeout = sceneTimeout;
  }
  let isOpen = true;
  return () => {
    if (isOpen && --users === 0) {
      const { timeout, ...globals } = real;
      Object.assign(globalThis, globals);
      AbortSignal.timeout = timeout;
    }
    isOpen = false;
  };
}

function timerFunction(name: 'setTimeout' | 'setInterval', repeats: boolean): unknown {
  const start = (callback: Callback, wait?: number, ...values: unknown[]): unknown => {
    const scene = scenes.getStore();
    return scene
      ? new VirtualTimer(scene, () => callback(...values), Number(wait ?? 0) || 0, repeats)
      : real[name](callback, wait, ...values);
  };
  // `promisify(setTimeout)` goes by this, and so by the same time.
  return Object.assign(start, { [promisify.custom]: timersPromises[name] });
}

function clearFunction(name: 'clearTimeout' | 'clearInterval'): unknown {
  return (timer: unknown): void => {
    if (timer instanceof VirtualTimer) {
      timer.close();
    } else {
      real[name](timer as number);
    }
  };
}

const sceneFetch: typeof fetch = async (input, init) => {
  const scene = scenes.getStore();
  return scene ? scene.fetch(new Request(input, init)) : real.fetch(input, init);
};

const sceneTimeout: typeof AbortSignal.timeout = milliseconds => {
  const scene = scenes.getStore();
  if (!scene) {
    return real.timeout.call(AbortSignal, milliseconds);
  }
  const controller = new AbortController();
  scene.clock.setTimeout(
    () => controller.abort(new DOMException('The operation timed out.', 'TimeoutError')),
    milliseconds
  );
  return controller.signal;
};

function sceneDate(RealDate: DateConstructor): DateConstructor {
  const now = (): number => scenes.getStore()?.clock.now() ?? RealDate.now();
  return new Proxy(RealDate, {
    construct: (target, values, newTarget) =>
      Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget) as Date,
    apply: target => new target(now()).toString(),
    get: (target, property) =>
      property === 'now' ? now : (Reflect.get(target, property, target) as unknown)
  });
}
