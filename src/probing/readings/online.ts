import { largestColumns } from '../scores';
import type { Reading } from './reading';
import { scoreReading } from './scoreReading';

/**
 * What readers that are trained in the step predict: it is captured as it is. One that has taken no step yet predicts nothing but
 * zeros, which is no score: weights may come from a run without the probe.
 */
export const online: Reading = {
  readsTraining: false,
  read: (material) =>
    scoreReading(material, (_, rows) => {
      if (rows.values.every((value) => value === 0)) return null;
      return material.heldOut.truth?.kind === 'classes'
        ? { kind: 'classes', labels: largestColumns(rows) }
        : { kind: 'numbers', values: rows };
    }),
};
