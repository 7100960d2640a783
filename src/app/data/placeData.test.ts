import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import { createEditorStore } from '../../editor/store/createEditorStore';
import { selectionOf } from '../../editor/store/selection';
import type { ParameterValue } from '../../document/schema';
import { withMissingData } from './missingData';
import { placeData, readPorts, usualPlace } from './placeData';

const HASH = 'c'.repeat(64);

function own(ports: { x?: number[]; y?: number[] }): Record<string, ParameterValue> {
  const group = (shape: number[] | undefined): ParameterValue =>
    shape ? { columns: '1-2', shape } : null;
  return {
    own: {
      ...{ hash: HASH, name: 'mine.csv', rows: { complete: 50, mended: 50 } },
      reading: { format: 'npz', dialect: null },
      ...{ x: group(ports.x), y: group(ports.y), label: null },
    },
  };
}

function openKmeans() {
  const document = sketchDocument({
    nodes: {
      Points: 'data.points',
      z: ['latent.discrete', { k: 3 }],
      centres: ['module.table', { width: 2 }],
      energy: 'energy.squared',
    },
    edges: ['z.z -> centres.in', 'centres.out -> energy.a', 'Points.y -> energy.b'],
  });
  return createEditorStore({ registry, analyse, document });
}

describe('own data on the canvas', () => {
  it('takes the place of the only data node, or of the selected one', () => {
    const store = openKmeans();
    expect(usualPlace(store)).toBe('Points');
    expect(readPorts(store, 'Points')).toEqual(new Set(['y']));
    placeData(store, 'data.table', 'mine.csv', own({ x: [2] }), null);
    // There are two now, and the new one is selected.
    const id = usualPlace(store);
    expect(id).not.toBe('Points');
    store.select(selectionOf({ nodes: ['Points'] }));
    expect(usualPlace(store)).toBe('Points');
    store.select(selectionOf({}));
    expect(usualPlace(store)).toBeNull();
  });

  it('keeps the links of a node that becomes it, also to another port, as one step of undo', () => {
    for (const ports of [{ y: [2] }, { x: [2] }]) {
      const store = openKmeans();
      const before = store.getState().document;
      placeData(store, 'data.table', 'mine.csv', own(ports), 'Points');
      const { document } = store.getState();
      expect(document.nodes[0]).toMatchObject({ id: 'Points', kind: 'data.table' });
      expect(document.edges).toHaveLength(3);
      expect(document.edges[2]).toMatchObject({ sourcePort: Object.keys(ports)[0] });
      expect(store.settle().diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      store.undo();
      expect(store.getState().document).toEqual(before);
    }
  });

  it('is told to be missing where it is not kept, and nothing while that is not known', () => {
    const store = openKmeans();
    placeData(store, 'data.table', 'mine.csv', own({ y: [2] }), 'Points');
    const analysis = store.settle();
    expect(withMissingData(analysis, null)).toBe(analysis);
    expect(withMissingData(analysis, new Set([HASH]))).toBe(analysis);
    expect(withMissingData(analysis, new Set()).diagnostics[0]).toMatchObject({
      ...{ code: 'data.missing', severity: 'error', nodeId: 'Points' },
      remedy: { steps: [{ kind: 'chooseFile', nodeId: 'Points' }] },
    });
  });

  it('is asked for where there is none yet', () => {
    const document = sketchDocument({ nodes: { mine: 'data.table' } });
    const { diagnostics } = withMissingData(analyse(document, registry), new Set());
    expect(diagnostics.find(({ code }) => code === 'data.no-file')).toMatchObject({
      remedy: { label: 'Choose a file…' },
    });
  });
});
