import type { LandscapeFrame, LandscapeSettings } from '../landscapeFrame';

/** A frame of one cell on which nothing lies, for tests that say what differs. */
export function plainFrame(known: Partial<LandscapeFrame> = {}): LandscapeFrame {
  return {
    ...{ viewId: 'points.y', step: null, columns: 1, rows: 1 },
    range: { x: [-1, 1], y: [-1, 1] },
    axes: [
      { symbol: 'y₁', label: 'y₁' },
      { symbol: 'y₂', label: 'y₂' },
    ],
    values: Float32Array.of(1),
    ...{ points: new Float32Array(), samples: new Int32Array(), dataset: null },
    ...{ chains: new Float32Array(), negatives: new Float32Array(), sample: null, place: null },
    ...{ marks: [], available: 0, inference: null, arrows: null, pictures: null, missing: 0 },
    ...known,
  };
}

/** What the page asks first. */
export const USUAL_SETTINGS: LandscapeSettings = {
  range: null,
  sample: 0,
  slice: {
    ...{ first: 0, second: 1, third: 2, components: [0, 1] },
    ...{ split: 'heldOut', term: null, seed: 0 },
  },
  arrows: false,
};
