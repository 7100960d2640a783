import { defined } from '../../core/invariant';
import { rowOf } from '../nearest';
import type { Reading } from './reading';

/** As many as a node has room for, and fewer where they are large. */
const COUNT = 8;
const MAXIMUM_NUMBERS = 8192;

/** The first held-out rows, as they are. */
export const view: Reading = {
  readsTraining: false,
  read: ({ probe, heldOut }) => {
    const matrix = defined(heldOut.arms.get('trained'), 'values');
    const room = Math.max(1, Math.floor(MAXIMUM_NUMBERS / Math.max(1, matrix.columns)));
    const count = Math.min(COUNT, room, matrix.rows);
    const samples = Array.from({ length: count }, (_, row) => [...rowOf(matrix, row)]);
    return { kind: 'view', label: probe.label, shape: probe.shape, samples };
  },
};
