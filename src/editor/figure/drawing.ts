/** What pictures are drawn with: a canvas has all of it, and so has `SvgDrawing`. */
export type Drawing = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineCap'
  | 'lineJoin'
  | 'globalAlpha'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
  | 'imageSmoothingEnabled'
  | 'save'
  | 'restore'
  | 'translate'
  | 'rotate'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'closePath'
  | 'rect'
  | 'arc'
  | 'fill'
  | 'stroke'
  | 'clip'
  | 'fillRect'
  | 'strokeRect'
  | 'clearRect'
  | 'fillText'
  | 'strokeText'
  | 'measureText'
  | 'setLineDash'
> & {
  drawImage(image: HTMLCanvasElement, x: number, y: number, width: number, height: number): void;
};

/** Draws a canvas anew, in its CSS pixels from its top left corner. */
export type Painter = (drawing: Drawing) => void;

const PAINTERS = new WeakMap<HTMLCanvasElement, Painter>();

/** Tells how a canvas is drawn, so that a figure has lines and words of it, not pixels. */
export function setPainter(canvas: HTMLCanvasElement, painter: Painter): void {
  PAINTERS.set(canvas, painter);
}

/** Undefined for a canvas that is a picture by nature. */
export function painterOf(canvas: HTMLCanvasElement): Painter | undefined {
  return PAINTERS.get(canvas);
}
