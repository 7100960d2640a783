import { describe, expect, it } from 'vitest';
import type { EmbeddingFrame, SampleTable } from '../../probing/embedding/embeddingFrame';
import { viridis } from '../landscape/viridis';
import { colourChoices, colourId, colourOf } from './colourChoices';
import { embeddingCsv } from './embeddingCsv';
import { classLook, pointScene, rgbOf } from './pointScene';

const FRAME: EmbeddingFrame = {
  ...{ port: 'f.out', method: 'pca', dimensions: 2, step: 3, explained: 0.5, width: 8, leftOut: 0 },
  places: Float32Array.of(1, 2, 3, 4, 5, 6),
  samples: Int32Array.of(0, 2, 4),
  times: null,
  scalars: null,
};
const TABLE: SampleTable = {
  ...{ dataset: 'set', columns: [] },
  labels: Int32Array.of(1, 1, 9, 9, 4),
};
const token = (name: string): string => `#0000${name.at(-1)?.padStart(2, '0')}`;

describe('pointScene', () => {
  it('lifts a plane into space, colours by class, and marks what is selected', () => {
    const scene = pointScene(FRAME, TABLE, new Set([2]), token);
    expect([...scene.places]).toEqual([1, 2, 0, 3, 4, 0, 5, 6, 0]);
    // 9 has the colour of 1 and another shape.
    expect([...scene.looks]).toEqual([0, 0, 1, 1, 0, 0, 1, 4, 0, 0, 4, 4]);
    expect([...scene.marks]).toEqual([0, 1, 0]);
    expect(scene).toMatchObject({ count: 3, hasMarks: true, isSpace: false });
  });

  it('colours by a number where it is asked to', () => {
    const scalars = Float32Array.of(-1, 0, 1);
    const { looks } = pointScene({ ...FRAME, scalars }, TABLE, new Set(), token);
    const middle = viridis(0.5).map(Math.floor);
    expect([...looks.subarray(4, 7)]).toEqual(middle);
    expect([...looks.subarray(0, 3)]).toEqual(viridis(0).map(Math.floor));
  });

  it('tells forty classes apart', () => {
    const looks = Array.from({ length: 40 }, (_, label) => JSON.stringify(classLook(label, token)));
    expect(new Set(looks).size).toBe(40);
  });

  it('reads colours in either form', () => {
    expect(rgbOf('#0b63a5')).toEqual([11, 99, 165]);
    expect(rgbOf('#fa0')).toEqual([255, 170, 0]);
  });
});

describe('embeddingCsv', () => {
  it('has a row for each point', () => {
    const scalars = Float32Array.of(0.5, 1, 2);
    const frame = { ...FRAME, scalars, times: Int32Array.of(0, 1, 0) };
    const lines = embeddingCsv(frame, TABLE, 'Norm', new Set([4]))
      .trimEnd()
      .split('\r\n');
    expect(lines).toEqual([
      'sample,time,x,y,label,Norm,selected',
      '1,0,1,2,1,0.5,0',
      '3,1,3,4,9,1,0',
      '5,0,5,6,4,2,1',
    ]);
  });
});

describe('colours', () => {
  it('are the choices of a list, and come back from it', () => {
    const choices = colourChoices(
      {
        ports: [{ key: 'f.out', label: 'f', width: 2 }],
        energies: [{ nodeId: 'a:b', label: 'E' }],
        settings: { port: 'f.out', method: 'pca', dimensions: 2, colour: { by: 'label' } },
      },
      true,
    );
    expect(choices.map(({ title }) => title)).toEqual([
      ...['Label', 'Norm', 'E', 'Dimension 1', 'Dimension 2'],
    ]);
    for (const { id } of choices) expect(colourId(colourOf(id))).toBe(id);
  });
});
