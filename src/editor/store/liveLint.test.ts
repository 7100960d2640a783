import { expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import { setParameter } from '../../document/commands/nodeCommands';
import { createEditorStore } from './createEditorStore';

const encoder = ['module.mlp', { widths: [16], width: 8 }] as const;

it('sees at once that a live weight of a guard has become 0, and recompiles nothing', async () => {
  const document = sketchDocument({
    nodes: {
      digits: 'data.digits',
      a: encoder,
      b: encoder,
      energy: 'energy.squared',
      vicreg: 'reg.vicreg',
    },
    edges: [
      ...['digits.x -> a.in', 'a.out -> energy.a', 'a.out -> vicreg.z'],
      ...['digits.x -> b.in', 'b.out -> energy.b'],
    ],
  });
  const store = createEditorStore({ registry, analyse, document });
  const found = async (name: string, value: number): Promise<string[]> => {
    store.edit(setParameter('vicreg', name, value));
    await Promise.resolve();
    return store.getState().analysis.diagnostics.map(({ code }) => code);
  };
  const { revision } = store.getState();
  expect(await found('covariance', 0)).toEqual(['lint.dimensional-collapse']);
  expect(await found('variance', 0)).toEqual(['lint.joint-embedding-collapse']);
  expect(await found('variance', 25)).toEqual(['lint.dimensional-collapse']);
  expect(await found('covariance', 1)).toEqual([]);
  expect(store.getState().revision).toBe(revision);
});
