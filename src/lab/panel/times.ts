import type { TranslationBundle } from '@jupyterlab/translation';

const timeFormat = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const dayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });
const fullFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** The time of day, as the reader writes it. */
export function timeOfDay(time: number): string {
  return timeFormat.format(time);
}

/** Date and time, as the reader writes them. */
export function fullTime(time: number): string {
  return fullFormat.format(time);
}

/** The day something was said, in words where it is near. */
export function dayName(time: number, trans: TranslationBundle): string {
  const day = new Date(time).toDateString();
  const now = new Date();
  if (day === now.toDateString()) {
    return trans.__('Today');
  }
  now.setDate(now.getDate() - 1);
  return day === now.toDateString() ? trans.__('Yesterday') : dayFormat.format(time);
}
