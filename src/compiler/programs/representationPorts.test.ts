import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../analysis/analyse';
import { sketchDocument } from '../testing/testGraphs';
import { representationPorts } from './representationPorts';

type Sketch = Parameters<typeof sketchDocument>[0];

/** `key: space` of every representation of a graph that has `f` on x of a parabola. */
function spaces(energy: Sketch['nodes'][string], edges: readonly string[]): string[] {
  const nodes: Sketch['nodes'] = {
    points: ['data.points', { shape: 'parabola' }],
    f: ['module.linear', { width: 1 }],
    energy,
  };
  const document = sketchDocument({ nodes, edges: ['points.x -> f.in', ...edges] });
  return representationPorts(analyse(document, registry), 8).map(
    ({ nodeId, port, space }) => `${nodeId}.${port}: ${space}`,
  );
}

describe('representationPorts', () => {
  it('knows that what is compared with data is a prediction', () => {
    expect(spaces('energy.l1', ['f.out -> energy.a', 'points.y -> energy.b'])).toEqual([
      'f.out: prediction',
    ]);
  });

  it('takes for an embedding what an energy judges by weights of its own', () => {
    expect(spaces('energy.bilinear', ['f.out -> energy.a', 'points.y -> energy.b'])).toEqual([
      'f.out: embedding',
    ]);
  });
});
