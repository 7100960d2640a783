import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../analysis/analyse';
import { sketchDocument } from '../testing/testGraphs';
import { timelines } from './timelines';

type Sketch = Parameters<typeof sketchDocument>[0];

/** Timelines by port, of nodes below ten frames of moving dots. */
function linesOf(nodes: Sketch['nodes'], edges: readonly string[]) {
  const { graph, types } = analyse(
    sketchDocument({
      nodes: { dots: ['data.movingDots', { length: 10, size: 4, sequences: 20 }], ...nodes },
      edges,
    }),
    registry,
  );
  const lines = timelines(graph, types);
  return (port: string) => [...(lines.get(port as Parameters<typeof lines.get>[0]) ?? [])];
}

describe('timelines', () => {
  it('follow slices, pools, windows and frames', () => {
    const line = linesOf(
      {
        cut: ['op.slice', { start: 2, end: -1 }],
        last: ['op.slice', { start: -3 }],
        mean: ['op.pool', { over: 'time', reduce: 'mean', size: 3 }],
        every: ['op.pool', { over: 'time', reduce: 'first', size: 3 }],
        window: ['op.window', { size: 2, stride: 4 }],
        frame: ['op.frame', { step: -2 }],
        whole: ['op.flatten', { time: 'include' }],
        rows: ['op.slice', { axis: 'rows', start: 1 }],
      },
      ['cut', 'last', 'mean', 'every', 'window', 'frame', 'whole', 'rows'].map(
        (id) => `dots.frames -> ${id}.in`,
      ),
    );
    expect(line('dots.position')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(line('cut.out')).toEqual([2, 3, 4, 5, 6, 7, 8]);
    expect(line('last.out')).toEqual([7, 8, 9]);
    expect(line('mean.out')).toEqual([2, 5, 8]);
    expect(line('every.out')).toEqual([0, 3, 6, 9]);
    expect(line('window.out')).toEqual([1, 5, 9]);
    expect(line('frame.out')).toEqual([8]);
    expect(line('whole.out')).toEqual([9]);
    expect(line('rows.out')).toHaveLength(10);
  });

  it('take the latest of several steps, and of a rollout the step that it predicts', () => {
    const line = linesOf(
      {
        before: ['op.slice', { end: -1 }],
        after: ['op.slice', { start: 1 }],
        pair: ['module.linear', { width: 2 }],
        coarse: ['op.pool', { over: 'time', reduce: 'mean', size: 2 }],
        ahead: 'module.rollout',
        further: ['module.rollout', { horizon: 6 }],
        next: ['op.slice', { start: 1 }],
        energy: 'energy.squared',
      },
      [
        ...['dots.frames -> after.in', 'dots.frames -> before.in', 'after.out -> pair.in'],
        ...['before.out -> pair.in', 'pair.out -> coarse.in', 'coarse.out -> ahead.state'],
        ...['coarse.out -> further.state', 'coarse.out -> next.in', 'ahead.states -> energy.a'],
        'next.out -> energy.b',
      ],
    );
    expect(line('pair.out')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(line('coarse.out')).toEqual([2, 4, 6, 8]);
    expect(line('ahead.states')).toEqual([4, 6, 8]);
    expect(line('further.states')).toEqual([4, 6, 8, 10, 12, 14]);
    expect(line('energy.energy')).toEqual([4, 6, 8]);
  });
});
