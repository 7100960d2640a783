import type { NodePicture } from '../../compiler/programs/nodePictures';
import type { InputPort, OutputPort, Ports } from '../../graph/ports';
import { isCircle } from './nodeOutline';
import type { Outline } from './nodeOutline';
import { pictureLayout } from './pictureLayout';

export type Side = 'left' | 'right' | 'top' | 'bottom';

/** Where a port sits, in pixels from the node's top left corner. */
export interface PortPlace {
  readonly side: Side;
  readonly x: number;
  readonly y: number;
}

export interface NodeGeometry {
  readonly width: number;
  readonly height: number;
  /** The drawn shape inside the box: a circle leaves room below for its caption. */
  readonly shape: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  /** Where the node's picture hangs, below its shape and caption; null where it has none. */
  readonly picture: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  } | null;
  readonly inputs: Readonly<Record<string, PortPlace>>;
  readonly outputs: Readonly<Record<string, PortPlace>>;
  /** The sides with several ports of one type, where their names are written; others cannot be confused. */
  readonly namedSides: readonly Side[];
}

/** How far the short side of an encoder or decoder is drawn in, top and bottom. */
export const TAPER = 16;

const PORT_PITCH = 20;
const CIRCLE = 72;
const CAPTION = 40;
const CIRCLE_BOX = 112;
/** Around a picture: to what it hangs below, and to its border. */
const PICTURE_GAP = 6;
export const PICTURE_PADDING = 4;
/** Half the opening, in degrees, over which the ports of one side of a circle spread. */
const CIRCLE_SPREAD = 40;

const SIZES: Readonly<Record<Outline, { readonly width: number; readonly height: number }>> = {
  filledCircle: { width: CIRCLE_BOX, height: CIRCLE + CAPTION },
  openCircle: { width: CIRCLE_BOX, height: CIRCLE + CAPTION },
  dashedCircle: { width: CIRCLE_BOX, height: CIRCLE + CAPTION },
  narrowing: { width: 168, height: 88 },
  widening: { width: 168, height: 88 },
  straight: { width: 168, height: 72 },
  pill: { width: 152, height: 48 },
  bar: { width: 72, height: 88 },
  square: { width: 104, height: 104 },
  chamfered: { width: 152, height: 72 },
  pointed: { width: 176, height: 72 },
  link: { width: 152, height: 48 },
  lens: { width: 176, height: 80 },
  paper: { width: 240, height: 136 },
};

/**
 * Size and port places of a node, from its outline and ports alone: the layout needs them before anything is drawn,
 * and the canvas may leave out what is off screen. Weights enter at the top and leave at the bottom. A picture makes the node higher
 * and moves nothing else of it: its shape and its ports stay where they are.
 */
export function nodeGeometry(
  outline: Outline,
  ports: Ports,
  size?: { readonly width: number; readonly height: number },
  picture: NodePicture | null = null,
): NodeGeometry {
  const base = SIZES[outline];
  const left = ports.inputs.filter(isValue);
  const right = ports.outputs.filter(isValue);
  const rows = Math.max(left.length, right.length);
  const namedSides: Side[] = [
    ...(areAlike(left) ? (['left'] as const) : []),
    ...(areAlike(right) ? (['right'] as const) : []),
  ];
  const height =
    outline === 'paper' && size ? size.height : Math.max(base.height, minimumHeight(outline, rows));
  const width =
    outline === 'paper' && size ? size.width : outline === 'square' ? height : base.width;

  const shape = isCircle(outline)
    ? { x: (width - CIRCLE) / 2, y: 0, width: CIRCLE, height: CIRCLE }
    : { x: 0, y: 0, width, height };
  const place = isCircle(outline) ? circlePlace(shape) : boxPlace(outline, shape);
  const below = picture ? pictureBelow(picture, width, height) : null;

  return {
    width,
    height: below ? below.y + below.height : height,
    shape,
    picture: below,
    namedSides,
    inputs: {
      ...spread(left, (index) => place('left', index, left.length)),
      ...spread(ports.inputs.filter(isWeights), (index, count) =>
        edgePlace('top', outline, shape, index, count),
      ),
    },
    outputs: {
      ...spread(right, (index) => place('right', index, right.length)),
      ...spread(ports.outputs.filter(isWeights), (index, count) =>
        edgePlace('bottom', outline, shape, index, count),
      ),
    },
  };
}

/** As wide as the node, whose own height is `height`; on the grid, so that what stands below can be lined up. */
function pictureBelow(
  picture: NodePicture,
  width: number,
  height: number,
): NonNullable<NodeGeometry['picture']> {
  const layout = pictureLayout(picture, width - 2 * PICTURE_PADDING, 'node');
  const y = height + PICTURE_GAP;
  const bottom = Math.ceil((y + layout.height + 2 * PICTURE_PADDING) / 8) * 8;
  return { x: 0, y, width, height: bottom - y };
}

function areAlike(ports: readonly (InputPort | OutputPort)[]): boolean {
  return new Set(ports.map(({ type }) => type)).size < ports.length;
}

function isWeights(port: InputPort | OutputPort): boolean {
  return port.type === 'weights';
}

function isValue(port: InputPort | OutputPort): boolean {
  return port.type !== 'weights';
}

function minimumHeight(outline: Outline, rows: number): number {
  if (isCircle(outline) || rows <= 1) return 0;
  const head = outline === 'square' ? 40 : 56;
  const taper = outline === 'narrowing' || outline === 'widening' ? TAPER : 0;
  return head + rows * PORT_PITCH + taper;
}

function spread<P extends InputPort | OutputPort>(
  ports: readonly P[],
  place: (index: number, count: number) => PortPlace,
): Record<string, PortPlace> {
  return Object.fromEntries(ports.map((port, index) => [port.name, place(index, ports.length)]));
}

type Shape = NodeGeometry['shape'];

function circlePlace(shape: Shape) {
  const radius = shape.width / 2;
  return (side: Side, index: number, count: number): PortPlace => {
    const fraction = count === 1 ? 0 : (2 * index) / (count - 1) - 1;
    const angle = (fraction * CIRCLE_SPREAD * Math.PI) / 180;
    const across = Math.cos(angle) * radius * (side === 'left' ? -1 : 1);
    return {
      side,
      x: round(shape.x + radius + across),
      y: round(shape.y + radius + Math.sin(angle) * radius),
    };
  };
}

function boxPlace(outline: Outline, shape: Shape) {
  return (side: Side, index: number, count: number): PortPlace => {
    const x = side === 'left' ? 0 : shape.width;
    // Named ports stand in rows at the foot of the node; a lone port stands at half height.
    const foot = 8 + (outline === 'narrowing' || outline === 'widening' ? TAPER / 2 : 0);
    if (count === 1) return { side, x, y: shape.height / 2 };
    return { side, x, y: shape.height - foot - (count - 1 - index + 0.5) * PORT_PITCH };
  };
}

function edgePlace(
  side: 'top' | 'bottom',
  outline: Outline,
  shape: Shape,
  index: number,
  count: number,
): PortPlace {
  const inset = outline === 'narrowing' || outline === 'widening' ? TAPER / 2 : 0;
  return {
    side,
    x: round((shape.width * (index + 1)) / (count + 1)) + shape.x,
    y: side === 'top' ? inset : shape.height - inset,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
