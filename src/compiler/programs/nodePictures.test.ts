import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../analysis/analyse';
import { sketchDocument } from '../testing/testGraphs';
import { nodePictures } from './nodePictures';

const pictures = (sketch: Parameters<typeof sketchDocument>[0]) =>
  nodePictures(analyse(sketchDocument(sketch), registry));

/** Subject and form by node, and the ports of its panes. */
function told(sketch: Parameters<typeof sketchDocument>[0]): Record<string, string> {
  return Object.fromEntries(
    [...pictures(sketch)].map(([nodeId, { subject, panes }]) => [
      nodeId,
      [
        subject,
        panes[0]?.form.kind,
        ...panes.map(({ ports }) => ports.map((one) => `${one.nodeId}.${one.port}`).join('+')),
      ].join(' '),
    ]),
  );
}

describe('pictures of nodes', () => {
  it('are what data gives, what views change and what is made in its form', () => {
    expect(
      told({
        nodes: {
          digits: 'data.digits',
          noisy: ['view.noise', { strength: 0.5 }],
          encoder: ['module.linear', { width: 4 }],
          decoder: ['module.mlp', { outputShape: [8, 8, 1], widths: [] }],
          other: ['module.mlp', { outputShape: [4, 4, 1], widths: [] }],
          energy: 'energy.squared',
        },
        edges: [
          ...['digits.x -> noisy.in', 'noisy.out -> encoder.in', 'encoder.out -> decoder.in'],
          ...['encoder.out -> other.in', 'decoder.out -> energy.a', 'digits.x -> energy.b'],
        ],
      }),
    ).toEqual({
      digits: 'given images digits.x',
      noisy: 'changed images digits.x noisy.out',
      decoder: 'made images decoder.out',
    });
  });

  it('are points where a sample is two numbers, in one column or in two', () => {
    const nodes = {
      points: ['data.points', { shape: 'moons' }],
      noisy: 'view.noise',
      flow: 'module.flow',
    } as const;
    expect(told({ nodes, edges: ['points.y -> noisy.in', 'noisy.out -> flow.in'] })).toEqual({
      points: 'given points points.y',
      noisy: 'changed points points.y noisy.out',
      flow: 'made points flow.out',
    });
    expect(told({ nodes: { points: ['data.points', { shape: 'parabola' }] }, edges: [] })).toEqual({
      points: 'given points points.x+points.y',
    });
  });

  it('are films of data with time', () => {
    const [picture] = pictures({ nodes: { dots: 'data.movingDots' }, edges: [] }).values();
    expect(picture?.subject).toBe('given');
    expect(picture?.panes[0]?.form.kind).toBe('film');
  });

  it('lay rows of numbers out as the data says, also where a view changes them', () => {
    const found = pictures({
      nodes: { letters: 'data.patterns', noisy: 'view.dropout' },
      edges: ['letters.y -> noisy.in'],
    });
    for (const id of ['letters', 'noisy']) {
      expect(found.get(id)?.panes[0]?.form).toEqual({ kind: 'images', shape: [7, 7, 1] });
    }
  });

  it('are none of a view that changes no picture, and none of what is bypassed', () => {
    expect(
      told({
        nodes: {
          digits: 'data.digits',
          encoder: ['module.linear', { width: 4 }],
          noisy: 'view.noise',
        },
        edges: ['digits.x -> encoder.in', 'encoder.out -> noisy.in'],
      }),
    ).toEqual({ digits: 'given images digits.x' });
  });
});
