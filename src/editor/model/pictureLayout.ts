import {
  PICTURE_SAMPLES,
  type NodePicture,
  type PicturePane,
} from '../../compiler/programs/nodePictures';

/** A drawn picture: of which pane, sample and step, and where. */
export interface PictureCell {
  readonly pane: number;
  readonly sample: number;
  /** Of a film; 0 else. */
  readonly step: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PictureLayout {
  readonly width: number;
  readonly height: number;
  readonly cells: readonly PictureCell[];
  /** Middles of the arrows from what was to what became of it; they point to the right, or down between films. */
  readonly arrows: readonly { readonly x: number; readonly y: number; readonly down: boolean }[];
}

const GAP = 4;
const ARROW = 12;
const BETWEEN_PAIRS = 8;

/** Sides in pixels, on a node and where there is room. */
interface Sizes {
  /** About what a picture should be wide. */
  readonly picture: number;
  /** What a scatter should be wide at most. */
  readonly points: number;
  readonly lines: number;
}

const ON_NODE: Sizes = { picture: 36, points: 88, lines: 1 };
const LARGE: Sizes = { picture: 64, points: 220, lines: 2 };

/** How a picture fills a width. The height follows. */
export function pictureLayout(
  { panes }: NodePicture,
  width: number,
  size: 'node' | 'large',
): PictureLayout {
  const sizes = size === 'node' ? ON_NODE : LARGE;
  const [first] = panes;
  switch (first?.form.kind) {
    case undefined:
      return { width, height: 0, cells: [], arrows: [] };
    case 'images':
      return inPairs(panes, width, sizes, ratioOf(first));
    case 'film':
      return inFilms(panes, width, sizes, ratioOf(first));
    case 'points':
      return inPairs(panes, width, { ...sizes, picture: sizes.points, lines: 1 }, 1);
  }
}

/** Height over width of a picture. */
function ratioOf({ form }: PicturePane): number {
  return form.kind === 'points' ? 1 : form.shape[0] / form.shape[1];
}

/** Samples side by side, each with what becomes of it, in lines. */
function inPairs(
  panes: readonly PicturePane[],
  width: number,
  { picture, lines }: Sizes,
  ratio: number,
): PictureLayout {
  const arrows = (panes.length - 1) * ARROW;
  const gap = panes.length > 1 ? BETWEEN_PAIRS : GAP;
  const isPoints = panes[0]?.form.kind === 'points';
  const fitting = (width + gap) / (panes.length * picture + arrows + gap);
  // A scatter is of all samples at once.
  const across = isPoints ? 1 : Math.max(1, Math.min(PICTURE_SAMPLES.images, Math.round(fitting)));
  const free = (width - gap * (across - 1)) / across - arrows;
  const side = Math.floor(Math.min(free / panes.length, isPoints ? picture : 1.5 * picture));
  const height = Math.round(side * ratio);
  const unit = panes.length * side + arrows;
  const left = Math.floor((width - across * unit - gap * (across - 1)) / 2);
  const cells: PictureCell[] = [];
  const heads: { x: number; y: number; down: boolean }[] = [];
  for (let sample = 0; sample < Math.min(across * lines, PICTURE_SAMPLES.images); sample++) {
    const x = left + (sample % across) * (unit + gap);
    const y = Math.floor(sample / across) * (height + GAP);
    panes.forEach((_, pane) => {
      cells.push({
        ...{ pane, sample, step: 0, y, width: side, height },
        x: x + pane * (side + ARROW),
      });
      if (pane > 0) {
        heads.push({ x: x + pane * (side + ARROW) - ARROW / 2, y: y + height / 2, down: false });
      }
    });
  }
  return { width, height: lines * (height + GAP) - GAP, cells, arrows: heads };
}

/** A line for each sample of each pane, with steps from its first to its last. */
function inFilms(
  panes: readonly PicturePane[],
  width: number,
  { picture, lines }: Sizes,
  ratio: number,
): PictureLayout {
  const form = panes[0]?.form;
  const steps = form?.kind === 'film' ? form.steps : 1;
  const across = Math.max(1, Math.min(steps, Math.round((width + GAP) / (picture + GAP))));
  const side = Math.floor(Math.min((width - GAP * (across - 1)) / across, 1.5 * picture));
  const height = Math.round(side * ratio);
  const left = Math.floor((width - across * side - GAP * (across - 1)) / 2);
  const cells: PictureCell[] = [];
  const heads: { x: number; y: number; down: boolean }[] = [];
  let y = 0;
  for (let sample = 0; sample < Math.min(lines, PICTURE_SAMPLES.film); sample++) {
    panes.forEach((_, pane) => {
      if (pane > 0) {
        heads.push({ x: width / 2, y: y - GAP + ARROW / 2, down: true });
        y += ARROW - GAP;
      }
      for (let place = 0; place < across; place++) {
        const step = across === 1 ? 0 : Math.round((place * (steps - 1)) / (across - 1));
        cells.push({
          ...{ pane, sample, step, y, width: side, height },
          x: left + place * (side + GAP),
        });
      }
      y += height + GAP;
    });
  }
  return { width, height: y - GAP, cells, arrows: heads };
}
