import type { MimeBundle } from '../thread';
import { markup } from './html';

/** How far something has come. */
export interface ProgressState {
  label: string;
  done: number;
  /** How much there is to do; nothing when that is not known. */
  total: number | undefined;
  /** What is said of the step at hand. */
  note: string;
  /** Since the beginning, in milliseconds. */
  elapsed: number;
}

/** How wide the bar is in plain text, in characters. */
const WIDTH = 20;

/** A bar that fills, with how much is done and how long the rest will take. */
export function progressBundle(state: ProgressState): MimeBundle {
  const { label, done, total, note } = state;
  const share = total === undefined ? undefined : total === 0 ? 1 : Math.min(1, done / total);
  const numbers = [
    ...(share === undefined ? [] : [`${Math.floor(share * 100)} %`]),
    total === undefined ? String(done) : `${done} of ${total}`,
    timeText(state, share)
  ].join(' · ');
  const filled = share === undefined ? 0 : Math.round(share * WIDTH);
  const bar = share === undefined ? '' : '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
  const element =
    share === undefined
      ? markup`<progress aria-label="${label || 'Progress'}"></progress>`
      : markup`<progress aria-label="${label || 'Progress'}" value="${share}" max="1"></progress>`;
  return {
    'text/plain': [label, bar, numbers, note].filter(Boolean).join(' '),
    'text/html': markup`<div>
      ${label && markup`<span>${label} </span>`}${element}<span> ${numbers}</span>${note && markup`<span style="opacity:0.8"> ${note}</span>`}
    </div>`.source
  };
}

function timeText({ done, total, elapsed }: ProgressState, share: number | undefined): string {
  const isOver = share === 1 || total === undefined;
  return isOver || done === 0
    ? duration(elapsed)
    : `${duration((elapsed / done) * (total - done))} left`;
}

/** A length of time in words, as precise as anyone wants it. */
function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 60) {
    return `${Math.round(seconds)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.round(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
