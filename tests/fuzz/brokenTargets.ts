import fc from 'fast-check';
import { target, type Target } from './target';

/** Targets with faults of each kind, which are to be found. */
export const TARGETS: readonly Target[] = [
  target('throws', { short: 1, long: 1 }, fc.nat(), (value) => {
    if (value > 1000) throw new Error('too large');
  }),
  target(
    'is slow',
    { short: 1, long: 1 },
    fc.constant(0),
    () => {
      const start = process.cpuUsage();
      for (;;) {
        const { user, system } = process.cpuUsage(start);
        if (user + system > 0.1e6) return;
      }
    },
    0.05,
  ),
  target('never ends', { short: 1, long: 1 }, fc.nat(), (value) => {
    if (value > 1000) for (;;);
  }),
  target('waits for ever', { short: 1, long: 1 }, fc.nat(), (value) =>
    value > 1000 ? new Promise(() => undefined) : undefined,
  ),
  target('never ends when smaller', { short: 1, long: 1 }, fc.nat(), (value) => {
    if (value > 1000) throw new Error('too large');
    if (value > 500) for (;;);
  }),
];
