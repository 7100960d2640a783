import type { Drawing } from './drawing';
import { fontMetrics } from './fontMetrics';
import { escaped, short } from './markup';
import { paintAttributes } from './plainColour';

/** What `save` keeps. */
interface Look {
  fillStyle: CanvasRenderingContext2D['fillStyle'];
  strokeStyle: CanvasRenderingContext2D['strokeStyle'];
  lineWidth: number;
  lineCap: CanvasLineCap;
  lineJoin: CanvasLineJoin;
  globalAlpha: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  imageSmoothingEnabled: boolean;
  dash: readonly number[];
  /** `transform` of what is drawn; empty for none. */
  transform: string;
  /** Id of the clip; null for none. */
  clip: string | null;
}

const PLAIN: Look = {
  fillStyle: '#000000',
  strokeStyle: '#000000',
  lineWidth: 1,
  lineCap: 'butt',
  lineJoin: 'miter',
  globalAlpha: 1,
  font: '10px sans-serif',
  textAlign: 'start',
  textBaseline: 'alphabetic',
  imageSmoothingEnabled: true,
  dash: [],
  transform: '',
  clip: null,
};

const ANCHORS: Readonly<Record<CanvasTextAlign, string>> = {
  left: 'start',
  start: 'start',
  center: 'middle',
  right: 'end',
  end: 'end',
};

/** Draws as a canvas does, and keeps what is drawn as SVG: paths, texts, and pictures within. */
export class SvgDrawing implements Drawing {
  private look: Look = { ...PLAIN };
  private readonly kept: Look[] = [];
  private readonly parts: string[] = [];
  private path: string[] = [];

  /** `prefix`: of ids, so that several drawings have a place in one file. */
  constructor(private readonly prefix: string) {}

  /** All that has been drawn. */
  markup(): string {
    return this.parts.join('');
  }

  get fillStyle() {
    return this.look.fillStyle;
  }
  set fillStyle(style) {
    this.look.fillStyle = style;
  }
  get strokeStyle() {
    return this.look.strokeStyle;
  }
  set strokeStyle(style) {
    this.look.strokeStyle = style;
  }
  get lineWidth() {
    return this.look.lineWidth;
  }
  set lineWidth(width) {
    this.look.lineWidth = width;
  }
  get lineCap() {
    return this.look.lineCap;
  }
  set lineCap(cap) {
    this.look.lineCap = cap;
  }
  get lineJoin() {
    return this.look.lineJoin;
  }
  set lineJoin(join) {
    this.look.lineJoin = join;
  }
  get globalAlpha() {
    return this.look.globalAlpha;
  }
  set globalAlpha(alpha) {
    this.look.globalAlpha = alpha;
  }
  get font() {
    return this.look.font;
  }
  set font(font) {
    this.look.font = font;
  }
  get textAlign() {
    return this.look.textAlign;
  }
  set textAlign(align) {
    this.look.textAlign = align;
  }
  get textBaseline() {
    return this.look.textBaseline;
  }
  set textBaseline(baseline) {
    this.look.textBaseline = baseline;
  }
  get imageSmoothingEnabled() {
    return this.look.imageSmoothingEnabled;
  }
  set imageSmoothingEnabled(isSmooth) {
    this.look.imageSmoothingEnabled = isSmooth;
  }

  save(): void {
    this.kept.push({ ...this.look });
  }

  restore(): void {
    this.look = this.kept.pop() ?? this.look;
  }

  translate(x: number, y: number): void {
    this.look.transform += `translate(${short(x)} ${short(y)})`;
  }

  rotate(angle: number): void {
    this.look.transform += `rotate(${short((angle * 180) / Math.PI)})`;
  }

  setLineDash(dash: Iterable<number>): void {
    this.look.dash = [...dash];
  }

  beginPath(): void {
    this.path = [];
  }

  moveTo(x: number, y: number): void {
    if (Number.isFinite(x + y)) this.path.push(`M${short(x)} ${short(y)}`);
  }

  lineTo(x: number, y: number): void {
    // As on a canvas, a path may begin with it.
    if (Number.isFinite(x + y)) this.path.push(`${this.path.length === 0 ? 'M' : 'L'}${short(x)} ${short(y)}`); // prettier-ignore
  }

  closePath(): void {
    if (this.path.length > 0) this.path.push('Z');
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.path.push(`M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`);
  }

  arc(x: number, y: number, radius: number, start: number, end: number): void {
    const at = (angle: number): string =>
      `${short(x + radius * Math.cos(angle))} ${short(y + radius * Math.sin(angle))}`;
    this.path.push(`${this.path.length === 0 ? 'M' : 'L'}${at(start)}`);
    // An arc of SVG ends elsewhere than it begins: a circle is two of them.
    const half = (start + end) / 2;
    for (const to of [half, end]) {
      this.path.push(`A${short(radius)} ${short(radius)} 0 0 ${end > start ? 1 : 0} ${at(to)}`);
    }
  }

  fill(): void {
    this.shape(this.path.join(''), this.filled());
  }

  stroke(): void {
    this.shape(this.path.join(''), this.stroked());
  }

  clip(): void {
    const id = `${this.prefix}clip${this.parts.length}`;
    this.parts.push(
      `<clipPath id="${id}"${this.clipped()}><path d="${this.path.join('')}"${this.moved()}/></clipPath>`,
    );
    this.look.clip = id;
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.box(x, y, width, height, this.filled());
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.box(x, y, width, height, this.stroked());
  }

  /** There is nothing below that it could uncover. */
  clearRect(): void {
    this.path = [];
  }

  fillText(text: string, x: number, y: number, widest?: number): void {
    this.text(text, x, y, widest, this.filled());
  }

  strokeText(text: string, x: number, y: number, widest?: number): void {
    this.text(text, x, y, widest, this.stroked());
  }

  measureText(text: string): TextMetrics {
    return fontMetrics(this.font, this.textBaseline, text).metrics;
  }

  drawImage(image: HTMLCanvasElement, x: number, y: number, width: number, height: number): void {
    const { imageSmoothingEnabled, globalAlpha } = this.look;
    const alpha = globalAlpha < 1 ? ` opacity="${short(globalAlpha)}"` : '';
    const picture = imageMarkup(image.toDataURL(), { x, y, width, height }, !imageSmoothingEnabled);
    this.emit(alpha + this.moved() === '' ? picture : `<g${alpha}${this.moved()}>${picture}</g>`);
  }

  private filled(): string {
    const { fillStyle, globalAlpha } = this.look;
    return paintAttributes('fill', colourOf(fillStyle), globalAlpha);
  }

  private stroked(): string {
    const { strokeStyle, globalAlpha, lineWidth, lineCap, lineJoin, dash } = this.look;
    return [
      'fill="none"',
      paintAttributes('stroke', colourOf(strokeStyle), globalAlpha),
      `stroke-width="${short(lineWidth)}"`,
      lineCap === 'butt' ? '' : `stroke-linecap="${lineCap}"`,
      lineJoin === 'miter' ? '' : `stroke-linejoin="${lineJoin}"`,
      dash.length === 0 ? '' : `stroke-dasharray="${dash.map(short).join(' ')}"`,
    ]
      .filter((attribute) => attribute !== '')
      .join(' ');
  }

  private moved(): string {
    return this.look.transform === '' ? '' : ` transform="${this.look.transform}"`;
  }

  private clipped(): string {
    return this.look.clip === null ? '' : ` clip-path="url(#${this.look.clip})"`;
  }

  private shape(d: string, paint: string): void {
    if (d !== '') this.emit(`<path d="${d}" ${paint}${this.moved()}/>`);
  }

  private box(x: number, y: number, width: number, height: number, paint: string): void {
    this.emit(
      `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" ${paint}${this.moved()}/>`,
    );
  }

  private text(text: string, x: number, y: number, widest = Infinity, paint: string): void {
    const { font, textAlign, textBaseline } = this.look;
    const { ascent } = fontMetrics(font);
    const shown = fontMetrics(font, textBaseline, text);
    // Programs differ in which baselines they know: all know this one.
    const alphabetic = y + ascent - shown.ascent;
    const squeezed =
      shown.metrics.width > widest
        ? ` textLength="${short(widest)}" lengthAdjust="spacingAndGlyphs"`
        : '';
    this.emit(
      `<text x="${short(x)}" y="${short(alphabetic)}" style="font:${escaped(font)}" text-anchor="${ANCHORS[textAlign]}"${squeezed} ${paint}${this.moved()}>${escaped(text)}</text>`,
    );
  }

  /** A shape can be moved, and its clip is where it was: the group has the clip. */
  private emit(element: string): void {
    const { clip } = this.look;
    this.parts.push(clip === null ? element : `<g clip-path="url(#${clip})">${element}</g>`);
  }
}

/** A picture of pixels in a place. */
export function imageMarkup(
  href: string,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  isPixelated: boolean,
): string {
  const { x, y, width, height } = box;
  const rendering = isPixelated ? ' style="image-rendering:pixelated"' : '';
  return `<image href="${href}" x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" preserveAspectRatio="none"${rendering}/>`;
}

function colourOf(style: CanvasRenderingContext2D['fillStyle']): string {
  return typeof style === 'string' ? style : 'none';
}
