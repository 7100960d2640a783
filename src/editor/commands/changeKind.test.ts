import { describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import { defined } from '../../core/invariant';
import { createEditorStore } from '../store/createEditorStore';
import type { EditorStore } from '../store/editorState';
import { changeKindEdit, kindChanges, lossesInWords } from './changeKind';

function storeOf(
  nodes: Parameters<typeof sketchDocument>[0]['nodes'],
  edges: string[],
): EditorStore {
  return createEditorStore({ registry, analyse, document: sketchDocument({ nodes, edges }) });
}

const changesOf = (store: EditorStore, id: string) => {
  const { document } = store.getState();
  const node = defined(
    document.nodes.find((one) => one.id === id),
    id,
  );
  const changes = kindChanges({ document, registry }, node);
  const to = (kind: string) =>
    defined(
      changes.find(({ definition }) => definition.kind === kind),
      kind,
    );
  return { node, changes, to };
};

describe('another kind for a node', () => {
  const store = () =>
    storeOf(
      {
        digits: 'data.digits',
        encoder: ['module.mlp', { width: 8, widths: [16], role: 'encoder' }],
        other: ['module.mlp', { width: 8 }],
        energy: ['energy.squared', { weight: 3 }],
        vicreg: ['reg.vicreg', { covariance: 2 }],
      },
      [
        ...['digits.x -> encoder.in', 'digits.x -> other.in'],
        ...['encoder.out -> energy.a', 'other.out -> energy.b'],
        ...['encoder.out -> vicreg.z', 'other.out -> vicreg.z'],
      ],
    );

  it('is of its category, and those that keep all come first', () => {
    const { changes } = changesOf(store(), 'energy');
    expect(new Set(changes.map(({ definition }) => definition.category))).toEqual(
      new Set(['energy']),
    );
    expect(changes.map(({ definition }) => definition.kind)).not.toContain('energy.squared');
    const lost = changes.map(
      ({ lostEdges, lostParameters }) => lostEdges.length * 100 + lostParameters.length,
    );
    expect(lost).toEqual(lost.toSorted((a, b) => a - b));
    expect(lost[0]).toBe(0);
  });

  it('keeps the links, the parameters that it has too, and a name that somebody gave', () => {
    const editor = store();
    const { node, to } = changesOf(editor, 'energy');
    const change = to('energy.l1');
    expect(lossesInWords(change)).toBe('');
    const { document: before } = editor.getState();
    editor.edit(changeKindEdit(editor, node, change));
    const { document } = editor.getState();
    expect(document.nodes.find(({ id }) => id === 'energy')).toMatchObject({
      kind: 'energy.l1',
      params: { weight: 3 },
    });
    expect(document.edges).toEqual(before.edges);
    editor.undo();
    expect(editor.getState().document).toEqual(before);
  });

  it('says what it loses: links that it has no port for, and parameters set by hand', () => {
    const editor = store();
    const { node, to } = changesOf(editor, 'vicreg');
    const change = to('reg.variance');
    expect(change.lostParameters).toHaveLength(1);
    expect(lossesInWords(change)).toMatch(/^“.+”$/);
    editor.edit(changeKindEdit(editor, node, change));
    expect(editor.getState().document.edges).toHaveLength(6);

    const energy = changesOf(editor, 'energy');
    const one = energy.changes.find(({ lostEdges }) => lostEdges.length > 0);
    if (!one) throw new Error('every energy takes two inputs');
    expect(lossesInWords(one)).toMatch(/link/);
    const before = editor.getState().document.edges.length;
    editor.edit(changeKindEdit(editor, energy.node, one));
    expect(editor.getState().document.edges).toHaveLength(before - one.lostEdges.length);
    // No edge ends at a port that is not there.
    const faults = editor.settle().diagnostics.filter(({ code }) => code.includes('port'));
    expect(faults).toEqual([]);
  });

  it('goes by the title of its kind, unless somebody named it', () => {
    const editor = store();
    editor.edit({
      label: 'Rename',
      recipe: (draft) => {
        for (const node of draft.nodes) if (node.id === 'vicreg') node.label = 'VICReg';
      },
    });
    const { node, to } = changesOf(editor, 'vicreg');
    editor.edit(changeKindEdit(editor, node, to('reg.barlow')));
    expect(editor.getState().document.nodes.find(({ id }) => id === 'vicreg')?.label).toBe(
      registry.get('reg.barlow')?.title,
    );
  });
});
