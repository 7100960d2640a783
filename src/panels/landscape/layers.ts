import type { Drawing } from '../../editor/figure/drawing';
import type { Descent, LandscapeFrame, PlanePoint } from '../../probing/landscape/landscapeFrame';
import { ARROWS, type LandscapeVariable } from './landscapeStore';
import { leastLine } from './leastLine';

/** What the layers are drawn from. */
export interface LayerSource {
  readonly variable: LandscapeVariable;
  readonly frame: LandscapeFrame;
  readonly descent: Descent | null;
  /** ŷ for the value that was chosen for a latent. */
  readonly prediction: PlanePoint | null;
  /** Held-out samples of the frame's data set that are selected. */
  readonly selected: ReadonlySet<number>;
}

/** Something that lies over the landscape. */
export interface LandscapeLayer {
  readonly id: string;
  /** What the legend calls it; null where there is nothing of it to draw. */
  label(source: LayerSource): string | null;
  /** `place` gives pixels. The clip is the plot. */
  draw(context: Drawing, source: LayerSource, place: Place): void;
  /** A piece of it, 24 × 16 pixels, for the legend. */
  swatch(context: Drawing): void;
}

export type Place = (point: PlanePoint) => PlanePoint;

/** Light on the dark end of the colours, and edged with dark on the bright one. */
const LIGHT = '#ffffff';
const EDGE = 'rgb(20 12 30 / 85%)';
const WAY = '#ff5d3a';
const CONTRASTIVE = '#ff9fd0';
const SELECTED = '#ffd23f';
const CHOSEN = '#ffd84a';
const FOUND = '#7fe0ff';
/** Pixels of the plane for each cross: more of them would hide it. */
const CROSS_AREA = 120;
/** Of the room that an arrow has. */
const ARROW_PART = 0.62;

const samples: LandscapeLayer = {
  id: 'samples',
  label: ({ variable, frame }) => {
    if (frame.points.length === 0) return null;
    if (variable.symbol === 'E') return `${variable.argument} of held-out samples`;
    return 'Held-out samples';
  },
  draw: (context, { frame: { points, range } }, place) => {
    const [left] = place([range.x[0], 0]);
    const [right] = place([range.x[1], 0]);
    const radius = Math.max(1.4, Math.min(2.4, (right - left) / 140));
    context.beginPath();
    for (let at = 0; at < points.length; at += 2) {
      const [x, y] = place([points[at] ?? NaN, points[at + 1] ?? NaN]);
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
    edged(context, 1.5, () => context.fill());
  },
  swatch: (context) => dot(context, [12, 8], 2.5, LIGHT),
};

const least: LandscapeLayer = {
  id: 'least',
  label: ({ variable: { isApart, argument }, frame: { axes } }) =>
    isApart ? `argmin over ${axes[1].symbol} of F(${argument})` : null,
  draw: (context, { frame }, place) => {
    for (const piece of leastLine(frame)) line(context, piece.map(place), LIGHT, 2);
  },
  swatch: (context) =>
    line(
      context,
      [
        [3, 8],
        [21, 8],
      ],
      LIGHT,
      2,
    ),
};

const contrastive: LandscapeLayer = {
  id: 'contrastive',
  label: ({ frame: { chains, negatives } }) => {
    if (chains.length + negatives.length === 0) return null;
    if (negatives.length === 0) return 'Contrastive points ŷ, from chains';
    return `Contrastive points ŷ of a batch${chains.length === 0 ? '' : ', and from chains'}`;
  },
  draw: (context, { frame: { chains, negatives, range } }, place) => {
    const all = [...chains, ...negatives];
    const [left, bottom] = place([range.x[0], range.y[0]]);
    const [right, top] = place([range.x[1], range.y[1]]);
    const count = all.length / 2;
    const shown = Math.min(count, Math.floor(((right - left) * (bottom - top)) / CROSS_AREA));
    const points = Array.from({ length: shown }, (_, index) => {
      const row = Math.floor((index * count) / shown);
      return place([all[2 * row] ?? NaN, all[2 * row + 1] ?? NaN]);
    });
    crosses(context, points);
  },
  swatch: (context) => crosses(context, [[12, 8]]),
};

const selected: LandscapeLayer = {
  id: 'selected',
  label: (source) => (selectedPoints(source).length === 0 ? null : 'Selected samples'),
  draw: (context, source, place) => {
    for (const point of selectedPoints(source)) dot(context, place(point), 3, SELECTED);
  },
  swatch: (context) => dot(context, [12, 8], 3, SELECTED),
};

const held: LandscapeLayer = {
  id: 'held',
  label: ({ variable, frame }) => {
    if (frame.place === null) return null;
    return variable.symbol === 'E' ? `${variable.argument} of the held sample` : 'The held sample';
  },
  draw: (context, { frame }, place) => {
    if (frame.place !== null) ring(context, place(frame.place));
  },
  swatch: (context) => ring(context, [12, 8]),
};

const prediction: LandscapeLayer = {
  id: 'prediction',
  label: ({ prediction: point }) => (point === null ? null : 'ŷ for the chosen z'),
  draw: (context, { prediction: point }, place) => {
    if (point !== null) diamond(context, place(point));
  },
  swatch: (context) => diamond(context, [12, 8]),
};

const descent: LandscapeLayer = {
  id: 'descent',
  label: ({ descent: way }) => (way === null ? null : 'Way down'),
  draw: (context, { descent: way }, place) => {
    if (way === null) return;
    const path = way.path.map(place);
    line(context, path, WAY, 2);
    const [first] = path;
    const last = path.at(-1);
    if (first) dot(context, first, 2.5, WAY);
    if (last) target(context, last);
  },
  swatch: (context) => {
    line(
      context,
      [
        [3, 8],
        [16, 8],
      ],
      WAY,
      2,
    );
    target(context, [16, 8]);
  },
};

const arrows: LandscapeLayer = {
  id: ARROWS,
  label: ({ variable: { descends, symbol } }) => (descends ? `Gradients, −∇${symbol}` : null),
  draw: (context, { frame: { arrows: all, range } }, place) => {
    if (all === null) return;
    const [left, bottom] = place([range.x[0], range.y[0]]);
    const [right, top] = place([range.x[1], range.y[1]]);
    const count = Math.sqrt(all.length / 4);
    const reach = (ARROW_PART * Math.min(right - left, bottom - top)) / count;
    for (let at = 0; at < all.length; at += 4) {
      const [x = NaN, y = NaN, a = NaN, b = NaN] = all.subarray(at, at + 4);
      const from = place([x, y]);
      // As steep as it is in units of the values, not of the pixels: a length is the same along both axes, or only one moves.
      const size = Math.hypot(a, b);
      if (size > 0 && Number.isFinite(size)) arrow(context, from, [(a / size) * reach, (-b / size) * reach]); // prettier-ignore
    }
  },
  swatch: (context) => arrow(context, [12, 8], [14, 0]),
};

const inference: LandscapeLayer = {
  id: 'inference',
  label: ({ frame: { inference: way } }) => (way === null ? null : 'Inference of the held sample'),
  draw: (context, { frame: { inference: way } }, place) => {
    if (way === null) return;
    const path = way.path.map(place);
    line(context, path, FOUND, 2);
    for (const point of path.slice(0, -1)) dot(context, point, 2, FOUND);
  },
  swatch: (context) => {
    line(
      context,
      [
        [3, 8],
        [20, 8],
      ],
      FOUND,
      2,
    );
    dot(context, [4, 8], 2, FOUND);
  },
};

const marks: LandscapeLayer = {
  id: 'marks',
  label: ({ variable, frame }) => {
    if (frame.marks.length === 0) return null;
    return variable.symbol === 'L' ? 'Present weights θ' : 'Samples that it goes through';
  },
  draw: (context, { frame }, place) => {
    for (const { label, point } of frame.marks) mark(context, place(point), label);
  },
  swatch: (context) => dot(context, [12, 8], 4, LIGHT),
};

/** From the bottom to the top. A further one is an entry here. */
export const LANDSCAPE_LAYERS: readonly LandscapeLayer[] = [
  arrows,
  contrastive,
  samples,
  least,
  selected,
  inference,
  held,
  marks,
  prediction,
  descent,
];

function selectedPoints({ frame: { points, samples }, selected: rows }: LayerSource): PlanePoint[] {
  return [...samples.keys()]
    .filter((index) => rows.has(samples[index] ?? -1))
    .map((index) => [points[2 * index] ?? NaN, points[2 * index + 1] ?? NaN]);
}

/** Fills in light over a dark edge. */
function edged(context: Drawing, width: number, fill: () => void): void {
  context.strokeStyle = EDGE;
  context.lineWidth = width;
  context.stroke();
  context.fillStyle = LIGHT;
  fill();
}

function dot(context: Drawing, [x, y]: PlanePoint, radius: number, colour: string): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.strokeStyle = EDGE;
  context.lineWidth = 2;
  context.stroke();
  context.fillStyle = colour;
  context.fill();
}

function ring(context: Drawing, [x, y]: PlanePoint): void {
  context.beginPath();
  context.arc(x, y, 5, 0, 2 * Math.PI);
  context.strokeStyle = EDGE;
  context.lineWidth = 4;
  context.stroke();
  context.strokeStyle = LIGHT;
  context.lineWidth = 2;
  context.stroke();
}

function diamond(context: Drawing, [x, y]: PlanePoint): void {
  const reach = 6.5;
  context.beginPath();
  context.moveTo(x, y - reach);
  context.lineTo(x + reach, y);
  context.lineTo(x, y + reach);
  context.lineTo(x - reach, y);
  context.closePath();
  context.lineJoin = 'round';
  context.strokeStyle = EDGE;
  context.lineWidth = 3;
  context.stroke();
  context.fillStyle = CHOSEN;
  context.fill();
}

/** A dot with its name beside it. */
function mark(context: Drawing, [x, y]: PlanePoint, label: string): void {
  dot(context, [x, y], 4, LIGHT);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.strokeStyle = EDGE;
  context.lineWidth = 3;
  context.strokeText(label, x + 8, y);
  context.fillStyle = LIGHT;
  context.fillText(label, x + 8, y);
}

/** An arrow around a point. */
function arrow(context: Drawing, [x, y]: PlanePoint, [across, down]: PlanePoint): void {
  const [fromX, fromY] = [x - across / 2, y - down / 2];
  const [toX, toY] = [x + across / 2, y + down / 2];
  const size = Math.hypot(across, down);
  const head = Math.min(5, 0.4 * size);
  const [unitX, unitY] = [across / size, down / size];
  context.beginPath();
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
  for (const side of [-1, 1]) {
    context.moveTo(toX, toY);
    context.lineTo(
      toX - head * (unitX - 0.6 * side * unitY),
      toY - head * (unitY + 0.6 * side * unitX),
    );
  }
  context.lineCap = 'round';
  context.strokeStyle = EDGE;
  context.lineWidth = 2.75;
  context.stroke();
  context.strokeStyle = LIGHT;
  context.lineWidth = 1.25;
  context.stroke();
}

/** Told from samples by their shape, too. */
function crosses(context: Drawing, points: readonly PlanePoint[]): void {
  const arm = 2;
  context.beginPath();
  for (const [x, y] of points) {
    context.moveTo(x - arm, y - arm);
    context.lineTo(x + arm, y + arm);
    context.moveTo(x - arm, y + arm);
    context.lineTo(x + arm, y - arm);
  }
  context.lineCap = 'round';
  context.strokeStyle = EDGE;
  context.lineWidth = 2.75;
  context.stroke();
  context.strokeStyle = CONTRASTIVE;
  context.lineWidth = 1.25;
  context.stroke();
}

/** Where a way ends. */
function target(context: Drawing, point: PlanePoint): void {
  dot(context, point, 5, LIGHT);
  dot(context, point, 2.5, WAY);
}

function line(
  context: Drawing,
  points: readonly PlanePoint[],
  colour: string,
  width: number,
): void {
  context.beginPath();
  points.forEach(([x, y], index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.strokeStyle = EDGE;
  context.lineWidth = width + 2;
  context.stroke();
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}
