import type { BoxPort, BoxView } from './boxView';
import type { PortPlace } from './nodeGeometry';

/** A port of a box in its place. */
export interface PlacedPort extends BoxPort {
  readonly place: PortPlace;
}

export interface BoxGeometry {
  readonly width: number;
  readonly height: number;
  readonly ports: readonly PlacedPort[];
}

/** Pixels from the top: the label, the small picture, a line for each term, a row for each pair of ports. */
export const BOX = { head: 52, picture: 84, term: 20, pitch: 20, foot: 10, mostTerms: 4 } as const;

const NARROWEST = 224;
const WIDEST = 360;
/** Of a letter in the size of port names, roughly: nothing is measured before it is drawn. */
const LETTER = 6;
/** Beside the names: to the border on both sides, and between them. Beside the label: the icon and the button too. */
const AROUND_NAMES = 44;
const AROUND_LABEL = 80;

/** The size of a box and where its ports are. `fits`: ports that a link being drawn may end at; these are shown as well. */
export function boxGeometry(box: BoxView, fits?: ReadonlySet<string>): BoxGeometry {
  const shown = [
    ...box.ports.filter((port) => port.shown),
    // Below the others, so that nothing moves under a pointer that is on its way.
    ...box.ports.filter((port) => !port.shown && fits?.has(portId(port)) === true),
  ];
  const of = (direction: 'input' | 'output', isWeights: boolean): BoxPort[] =>
    shown.filter(
      ({ port }) => port.direction === direction && (port.type === 'weights') === isWeights,
    );
  const left = of('input', false);
  const right = of('output', false);
  const width = boxWidth(box, left, right);
  const top = BOX.head + BOX.picture + BOX.term * Math.min(box.terms.length, BOX.mostTerms);
  const rows = Math.max(left.length, right.length);
  const height = top + (rows > 0 ? rows * BOX.pitch + 4 : 0) + BOX.foot;
  const inRows = (ports: readonly BoxPort[], side: 'left' | 'right'): PlacedPort[] =>
    ports.map((port, row) => ({
      ...port,
      place: { side, x: side === 'left' ? 0 : width, y: top + 4 + (row + 0.5) * BOX.pitch },
    }));
  const along = (ports: readonly BoxPort[], side: 'top' | 'bottom'): PlacedPort[] =>
    ports.map((port, index) => ({
      ...port,
      place: {
        side,
        x: Math.round((width * (index + 1)) / (ports.length + 1)),
        y: side === 'top' ? 0 : height,
      },
    }));
  return {
    width,
    height,
    ports: [
      ...inRows(left, 'left'),
      ...along(of('input', true), 'top'),
      ...inRows(right, 'right'),
      ...along(of('output', true), 'bottom'),
    ],
  };
}

/** As the ports of a link being drawn are named. */
function portId({ nodeId, port }: BoxPort): string {
  return `${port.direction}:${nodeId}.${port.name}`;
}

/** Wide enough for the names of ports that stand opposite each other, on the grid. */
function boxWidth(box: BoxView, left: readonly BoxPort[], right: readonly BoxPort[]): number {
  const longest = (ports: readonly BoxPort[]): number =>
    Math.max(0, ...ports.map(({ title }) => title.length)) * LETTER;
  const names = longest(left) + longest(right) + AROUND_NAMES;
  const label = box.label.length * (LETTER + 0.5) + AROUND_LABEL;
  const wanted = Math.max(NARROWEST, names, label);
  return Math.min(WIDEST, Math.ceil(wanted / 8) * 8);
}
