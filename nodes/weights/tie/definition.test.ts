import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/compiler/analysis/analyse';
import { emptyDocument, type BasinDocument } from '../../../src/document/schema';
import { createRegistry } from '../../../src/graph/registry';
import { dataDigits } from '../../data/digits/definition';
import { energySquared } from '../../energy/squared/definition';
import { moduleMlp } from '../../module/mlp/definition';
import { weightsTie } from './definition';

const registry = createRegistry([dataDigits, moduleMlp, energySquared, weightsTie]);

/** Two encoders of one image; the second takes its weights through a tie. */
function siamese(secondWidth: number): BasinDocument {
  const node = (id: string, kind: string, params = {}): BasinDocument['nodes'][number] => ({
    id,
    kind,
    label: id,
    position: { x: 0, y: 0 },
    params,
  });
  const edge = (from: string, to: string): BasinDocument['edges'][number] => {
    const [source = '', sourcePort = ''] = from.split('.');
    const [target = '', targetPort = ''] = to.split('.');
    return { id: `${source}-${target}`, source, sourcePort, target, targetPort };
  };
  return {
    ...emptyDocument(),
    nodes: [
      node('digits', 'data.digits'),
      node('first', 'module.mlp', { widths: [], width: 8 }),
      node('second', 'module.mlp', { widths: [], width: secondWidth }),
      node('tie', 'weights.tie'),
      node('energy', 'energy.squared'),
    ],
    edges: [
      edge('digits.x', 'first.in'),
      edge('digits.x', 'second.in'),
      edge('first.weights', 'tie.weights'),
      edge('tie.weights', 'second.weights'),
      edge('first.out', 'energy.a'),
      edge('second.out', 'energy.b'),
    ],
  };
}

describe('weights.tie', () => {
  it('makes two modules one set of weights', () => {
    const analysis = analyse(siamese(8), registry);
    expect(analysis.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect([...analysis.weights.keys()]).toEqual(['first']);
    expect(analysis.owners.get('second')).toBe('first');
    expect(analysis.parameterCount).toBe(64 * 8 + 8);
  });

  it('leads to a finding when the modules differ in shape', () => {
    const { diagnostics } = analyse(siamese(9), registry);
    expect(diagnostics.map(({ code }) => code)).toContain('weights.mismatch');
  });
});
