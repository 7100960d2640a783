import type { EditorStore } from '../../../editor/store/editorState';
import { sketchDocument } from '../../../compiler/testing/testGraphs';

/** Two numbers of data and of a latent, decoded: what every panel that watches a model has something to show of. */
export const DECODED_MOONS = sketchDocument({
  nodes: {
    points: ['data.points', { shape: 'moons', count: 50 }],
    z: ['latent.continuous', { d: 2 }],
    decoder: ['module.linear', { width: 2 }],
    energy: 'energy.squared',
  },
  edges: ['z.z -> decoder.in', 'decoder.out -> energy.a', 'points.y -> energy.b'],
});

/** The open document as it is at a step of its run, without weights. */
export function modelAt(editor: EditorStore, step: number) {
  const { document, revision } = editor.getState();
  return {
    tag: { runId: 'run1', revision },
    document,
    analysis: editor.settle(),
    snapshot: { step, state: new Map() },
  };
}
