import { largestColumns } from '../scores';
import type { Reading } from './reading';
import { scoreReading } from './scoreReading';

/** What readers that are trained in the step predict: it is captured as it is. */
export const online: Reading = {
  readsTraining: false,
  read: (material) =>
    scoreReading(material, (_, rows) =>
      material.heldOut.truth?.kind === 'classes'
        ? { kind: 'classes', labels: largestColumns(rows) }
        : { kind: 'numbers', values: rows },
    ),
};
