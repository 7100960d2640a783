import { describe, expect, it } from 'vitest';
import type { BasinDocument } from '../../../document/schema';
import { buildViews, NO_VIEWS } from '../../model/buildViews';
import { soundDocument, testStore } from '../../testSupport';
import { crowdedLabels } from './crowdedLabels';

/** Source, encoder and distance in a row; the second edge from the source passes below the encoder. */
function laidOut(gap: number, encoderY = -120): BasinDocument {
  const document = soundDocument();
  const places = new Map([
    ['x', { x: 0, y: 0 }],
    ['encoder', { x: 112 + gap, y: encoderY }],
    ['distance', { x: 400 + gap, y: 0 }],
    ['remark', { x: 0, y: 900 }],
  ]);
  const nodes = document.nodes.map((node) => ({
    ...node,
    position: places.get(node.id) ?? node.position,
  }));
  return { ...document, nodes };
}

function crowded(document: BasinDocument): string[] {
  const store = testStore(document);
  return [
    ...crowdedLabels(document, buildViews(document, store.registry, store.settle(), NO_VIEWS)),
  ];
}

describe('shapes on edges', () => {
  it('are printed where there is room', () => {
    expect(crowded(laidOut(100))).toEqual([]);
  });

  it('give way on a short wire', () => {
    expect(crowded(laidOut(-60, 0))).toContain('e1');
  });

  it('give way to nodes', () => {
    // The middle of the long wire is behind the encoder.
    expect(crowded(laidOut(100, 20))).toEqual(['e3']);
  });

  it('give way to a note as large as the canvas', () => {
    const document = laidOut(100);
    const nodes = document.nodes.map((node) =>
      node.id === 'remark'
        ? { ...node, position: { x: -5e4, y: -5e4 }, size: { width: 1e5, height: 1e5 } }
        : node,
    );
    const labelled = crowded({ ...document, nodes });
    expect(labelled).toEqual(expect.arrayContaining(['e1', 'e3']));
  });
});
