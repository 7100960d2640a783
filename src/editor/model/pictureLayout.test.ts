import { describe, expect, it } from 'vitest';
import {
  PICTURE_SAMPLES,
  type NodePicture,
  type PictureForm,
} from '../../compiler/programs/nodePictures';
import { nodeGeometry } from './nodeGeometry';
import { pictureLayout } from './pictureLayout';

const FORMS: readonly PictureForm[] = [
  { kind: 'images', shape: [8, 8, 1] },
  { kind: 'images', shape: [12, 28, 3] },
  { kind: 'film', shape: [16, 16, 1], steps: 12 },
  { kind: 'film', shape: [8, 8, 1], steps: 2 },
  { kind: 'points' },
];
const ports = [{ nodeId: 'a', port: 'x' }];
const picturesOf = (form: PictureForm): readonly NodePicture[] => [
  { subject: 'given', panes: [{ ports, form, like: null }] },
  { subject: 'changed', panes: [0, 1].map(() => ({ ports, form, like: null })) },
];

describe('the layout of a picture', () => {
  it.each(FORMS)('fits its width without overlap: %o', (form) => {
    for (const picture of picturesOf(form)) {
      for (const [width, size] of [
        [104, 'node'],
        [160, 'node'],
        [280, 'large'],
      ] as const) {
        const { cells, height } = pictureLayout(picture, width, size);
        expect(cells.length).toBeGreaterThan(0);
        for (const cell of cells) {
          expect(cell.x).toBeGreaterThanOrEqual(0);
          expect(cell.x + cell.width).toBeLessThanOrEqual(width);
          expect(cell.y + cell.height).toBeLessThanOrEqual(height);
          expect(cell.sample).toBeLessThan(PICTURE_SAMPLES[form.kind]);
          expect(cell.width).toBeGreaterThan(15);
          const others = cells.filter((other) => other !== cell);
          const overlapping = others.filter(
            (other) =>
              cell.x < other.x + other.width &&
              other.x < cell.x + cell.width &&
              cell.y < other.y + other.height &&
              other.y < cell.y + cell.height,
          );
          expect(overlapping).toEqual([]);
        }
      }
    }
  });

  it('goes from the first step of a film to its last', () => {
    const film = { kind: 'film', shape: [8, 8, 1], steps: 12 } as const;
    const [picture] = picturesOf(film);
    if (!picture) throw new Error('no picture');
    const steps = pictureLayout(picture, 160, 'node').cells.map(({ step }) => step);
    expect(steps).toEqual([0, 4, 7, 11]);
  });

  it('shows what was beside what became of it', () => {
    const [, picture] = picturesOf({ kind: 'images', shape: [8, 8, 1] });
    if (!picture) throw new Error('no picture');
    const { cells, arrows } = pictureLayout(picture, 144, 'node');
    expect(cells.map(({ sample, pane }) => [sample, pane])).toEqual([
      ...[0, 1].flatMap((sample) => [0, 1].map((pane) => [sample, pane])),
    ]);
    expect(arrows).toHaveLength(2);
  });
});

describe('a node with a picture', () => {
  it('is higher, and nothing else of it moves', () => {
    for (const form of FORMS) {
      for (const picture of picturesOf(form)) {
        for (const outline of ['filledCircle', 'pill', 'widening'] as const) {
          const tensor = (name: string) => ({ name, type: 'tensor' as const });
          const given = { inputs: [tensor('in')], outputs: [tensor('out')] };
          const { height, picture: none, ...plain } = nodeGeometry(outline, given);
          const {
            height: higher,
            picture: place,
            ...rest
          } = nodeGeometry(outline, given, undefined, picture);
          expect(none).toBeNull();
          expect(rest).toEqual(plain);
          expect(place?.y).toBeGreaterThanOrEqual(height);
          expect(higher).toBe((place?.y ?? 0) + (place?.height ?? 0));
          expect(higher % 8).toBe(0);
        }
      }
    }
  });
});
