import { defined } from '../../core/invariant';
import type { Reading } from './reading';

/** Rows of bars that can be told apart. */
const MAXIMUM_DIMENSIONS = 64;

/** Counts in equal bins of the range that all dimensions together have. */
export const histogram: Reading = {
  readsTraining: false,
  read: ({ probe, heldOut }) => {
    const { rows, columns, values } = defined(heldOut.arms.get('trained'), 'values');
    const bins = Number(probe.params['bins']);
    const finite = values.filter((value) => Number.isFinite(value));
    const low = finite.reduce((least, value) => Math.min(least, value), Infinity);
    const high = finite.reduce((most, value) => Math.max(most, value), -Infinity);
    const shown = Math.min(columns, MAXIMUM_DIMENSIONS);
    const counts = Array.from({ length: shown }, () => Array.from({ length: bins }, () => 0));
    for (let row = 0; row < rows; row++) {
      counts.forEach((line, column) => {
        const value = values[row * columns + column] ?? NaN;
        if (!Number.isFinite(value)) return;
        const place = high > low ? Math.floor(((value - low) / (high - low)) * bins) : 0;
        const bin = Math.min(place, bins - 1);
        line[bin] = (line[bin] ?? 0) + 1;
      });
    }
    const none = finite.length === 0;
    return {
      kind: 'histogram',
      label: probe.label,
      rows,
      low: none ? 0 : low,
      high: none ? 0 : high,
      counts,
      dimensions: columns,
    };
  },
};
