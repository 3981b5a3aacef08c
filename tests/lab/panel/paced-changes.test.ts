import { describe, expect, test } from 'vitest';
import { PacedChanges } from '../../../src/lab/panel/paced-changes';
import { Emitter } from '../../../src/protocol';

/** Something that changes, and a browser whose frames the test draws. */
function paced() {
  const frames: (() => void)[] = [];
  const source = { changed: new Emitter<void>() };
  const changes = new PacedChanges(source, callback => frames.push(callback));
  let told = 0;
  changes.changed.on(() => told++);
  return {
    changes,
    change: () => source.changed.emit(),
    paint: () => frames.splice(0).forEach(frame => frame()),
    told: () => told
  };
}

describe('paced changes', () => {
  test('the first one is told at once', () => {
    const { change, told } = paced();
    change();
    expect(told()).toBe(1);
  });

  test('those that follow it are told together, before the next frame is painted', () => {
    const { change, paint, told } = paced();
    change();
    change();
    change();
    expect(told()).toBe(1);
    paint();
    expect(told()).toBe(2);
    paint();
    expect(told()).toBe(2);
  });

  test('after a frame in which nothing changed, the next one is told at once again', () => {
    const { change, paint, told } = paced();
    change();
    paint();
    change();
    expect(told()).toBe(2);
  });

  test('what the person did is told at once, whatever came before it', () => {
    const { change, changes, paint, told } = paced();
    change();
    change();
    changes.flush();
    expect(told()).toBe(2);
    changes.flush();
    paint();
    expect(told()).toBe(2);
  });

  test('nothing is told any more once they are disposed of', () => {
    const { change, changes, paint, told } = paced();
    change();
    change();
    changes.dispose();
    paint();
    change();
    expect(told()).toBe(1);
  });
});
