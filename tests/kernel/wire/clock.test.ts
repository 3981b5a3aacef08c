import { afterEach, expect, test, vi } from 'vitest';
import { preciseTime } from '../../../src/kernel/wire';

afterEach(() => void vi.restoreAllMocks());

test('the time is that of the system, with microseconds', () => {
  const before = Date.now();
  const time = preciseTime();
  expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  expect(Date.parse(time)).toBeGreaterThanOrEqual(before);
  expect(Date.parse(time)).toBeLessThanOrEqual(Date.now());
});

test('what comes later has a later time, within a millisecond too', () => {
  vi.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 0, 2, 3, 4, 5, 6));
  const clock = vi.spyOn(performance, 'now').mockReturnValue(1000);
  expect(preciseTime()).toBe('2026-01-02T03:04:05.006000Z');
  clock.mockReturnValue(1000.25);
  expect(preciseTime()).toBe('2026-01-02T03:04:05.006250Z');
});

test('the time follows a clock that is set, in both directions', () => {
  const system = vi.spyOn(Date, 'now');
  const clock = vi.spyOn(performance, 'now');
  for (const hour of [12, 15, 9]) {
    system.mockReturnValue(Date.UTC(2026, 0, 2, hour));
    clock.mockReturnValue(1000 + hour / 100);
    expect(preciseTime()).toBe(`2026-01-02T${String(hour).padStart(2, '0')}:00:00.000000Z`);
  }
});

test('a millisecond that ends between the two looks does not put the time back', () => {
  vi.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 0, 2, 3, 4, 5, 6));
  const clock = vi.spyOn(performance, 'now').mockReturnValue(1000);
  preciseTime();
  clock.mockReturnValue(1000.75);
  expect(preciseTime()).toBe('2026-01-02T03:04:05.006750Z');
  clock.mockReturnValue(1001.25);
  expect(preciseTime()).toBe('2026-01-02T03:04:05.006999Z');
});
