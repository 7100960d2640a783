import { describe, expect, it } from 'vitest';
import type { SequenceFilm, SequenceFrame } from '../../probing/sequence/sequenceFrame';
import { sequenceCharts, sequenceCsv } from './sequenceCharts';
import { stepAt } from './sequenceErrors';
import { shownPaths } from './shownPaths';

/** Two sequences of five steps: a level at every step, and one at every second. */
const FRAME: SequenceFrame = {
  step: 7,
  sequences: 2,
  curves: [
    {
      ...{ nodeId: 'error', label: 'Error', kind: 'energy', frames: [3, 4], hasOthers: true },
      ...{ own: Float32Array.of(1, 2, 3, 6), others: Float32Array.of(8, 8, 10, 12) },
    },
  ],
  places: [
    {
      ...{ nodeId: 'fine', label: 'Fine', column: 'position', frames: [2, 3, 4] },
      decoded: Float32Array.of(3, 4, 0, 0, 0, 1, 0, 0, 6, 8, 0, 0),
      truth: new Float32Array(12),
    },
    {
      ...{ nodeId: 'coarse', label: 'Coarse', column: 'position', frames: [2, 4] },
      decoded: Float32Array.of(1, 0, 0, 2, 0, 0, 0, 4),
      truth: new Float32Array(8),
    },
  ],
};
const FILM: SequenceFilm = {
  ...{ sequences: 2, steps: 5, pictures: null },
  paths: [
    { column: 'position', values: Float32Array.from({ length: 20 }, (_, at) => at) },
    { column: 'distractor', values: new Float32Array(20) },
  ],
};

describe('sequenceCharts', () => {
  it('have all probes in one, and each energy with its mean and that of other pairs', () => {
    const [places, error, ...more] = sequenceCharts(FRAME, 1);
    expect(more).toEqual([]);
    expect(places?.lines.map(({ label, values }) => [label, values])).toEqual([
      ['Fine', [0, 10, 0]],
      ['Fine, mean', [2.5, 5, 0.5]],
      ['Coarse', [0, 4]],
      ['Coarse, mean', [0.5, 3]],
    ]);
    expect(error?.lines.map(({ values }) => values)).toEqual([
      [3, 6],
      [2, 4],
      [9, 10],
    ]);
  });

  it('are a table with a row a step, empty where a level has no step', () => {
    const rows = sequenceCsv(sequenceCharts(FRAME, 0), 5).trimEnd().split('\r\n');
    expect(rows[0]).toBe(
      'step,Fine,"Fine, mean",Coarse,"Coarse, mean","Error, this sequence","Error, mean of all","Error, other pairs, mean"',
    );
    expect(rows.slice(2)).toEqual([
      '2,,,,,,,',
      '3,5,2.5,1,0.5,,,',
      '4,0,5,,,1,2,9',
      '5,1,0.5,2,3,2,4,10',
    ]);
  });
});

describe('shownPaths', () => {
  const look = { sequence: 1, step: 3, playing: false, hidden: [] };

  it('go as far as the step that is looked at, each at its own stride', () => {
    expect(stepAt([2, 4], 1)).toBeNull();
    expect(stepAt([2, 4], 3)).toBe(0);
    const [truth, fine, coarse, ...more] = shownPaths(FRAME, FILM, look);
    expect(more).toEqual([]);
    expect(truth).toMatchObject({ style: null, places: [10, 11, 12, 13, 14, 15, 16, 17] });
    expect(fine).toMatchObject({ isEarlier: false, places: [0, 0, 6, 8] });
    expect(coarse).toMatchObject({ isEarlier: true, places: [0, 0] });
    expect(shownPaths(FRAME, FILM, { ...look, step: 1 })).toHaveLength(1);
  });

  it('leave out hidden probes, and truths that nobody speaks of', () => {
    expect(shownPaths(FRAME, FILM, { ...look, hidden: ['fine'] })).toHaveLength(2);
    const [truth, ...more] = shownPaths(FRAME, FILM, { ...look, hidden: ['fine', 'coarse'] });
    expect(truth?.style).toBeNull();
    expect(more).toEqual([]);
  });
});
