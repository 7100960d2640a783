import { painterOf } from './drawing';
import type { Frame } from './frame';
import { inlineSvgMarkup } from './inlineSvg';
import { short } from './markup';
import { paintAttributes, plainColour } from './plainColour';
import { imageMarkup, SvgDrawing } from './svgDrawing';
import { textMarkup } from './textLines';

/** Something drawn, with how far in front it lies. */
interface Layer {
  readonly depth: number;
  readonly markup: string;
}

/** The extent of a figure, in pixels of the window. */
export interface Extent {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What people use and pictures do not need: fields, and what says so itself, as buttons with nothing but an icon. */
const LEFT_OUT = [
  '[data-figure="none"]',
  'input, select, textarea, [role="combobox"], [role="tablist"], script, style',
  // Of uPlot: the cross-hair and what is selected.
  '.u-over, .u-under, .u-legend',
].join(', ');

/** Lights up because the pointer happens to be there. */
const POINTED_AT = 'button:hover';

/**
 * A part of the page as SVG: boxes with their borders, words where they stand, drawings as they are, canvases by how they are drawn
 * (`setPainter`) or as pictures. It is read off the page, so it looks as that does; nothing in it needs HTML.
 */
export class PagePicture {
  private readonly layers: Layer[] = [];
  private extent: Extent | null = null;
  private count = 0;

  constructor(private readonly origin: { readonly x: number; readonly y: number }) {}

  add(element: Element): void {
    const see: Frame['see'] = (left, top, right, bottom) => {
      const { extent } = this;
      this.extent = {
        left: Math.min(left, extent?.left ?? left),
        top: Math.min(top, extent?.top ?? top),
        right: Math.max(right, extent?.right ?? right),
        bottom: Math.max(bottom, extent?.bottom ?? bottom),
      };
    };
    this.walk(element, { origin: this.origin, clip: null, opacity: 1, see }, 0);
  }

  /** Null where nothing was drawn. */
  get bounds(): Extent | null {
    return this.extent;
  }

  /** From the back to the front. */
  markup(): string {
    return [...this.layers]
      .sort((a, b) => a.depth - b.depth)
      .map(({ markup }) => markup)
      .join('');
  }

  private walk(element: Element, around: Frame, depth: number): void {
    if (element.matches(LEFT_OUT)) return;
    const style = getComputedStyle(element);
    if (style.display === 'none') return;
    const opacity = around.opacity * Number(style.opacity);
    if (opacity === 0 || isForReaders(element, style)) return;
    const own = Number.parseInt(style.zIndex, 10);
    const layer = Number.isNaN(own) ? depth : own;
    const box = element.getBoundingClientRect();
    const clips = style.overflowX === 'hidden' || style.overflowX === 'clip';
    const frame: Frame = {
      ...around,
      opacity,
      clip: clips ? within(around.clip, box) : around.clip,
    };
    if (style.visibility === 'visible') this.draw(element, style, box, frame, layer);
    if (element instanceof SVGSVGElement || element instanceof HTMLCanvasElement) return;
    for (const child of element.childNodes) {
      if (child instanceof Element) this.walk(child, frame, layer);
      else if (child instanceof Text && style.visibility === 'visible' && child.data.trim() !== '')
        this.push(layer, textMarkup(child, style, frame));
    }
  }

  private draw(
    element: Element,
    style: CSSStyleDeclaration,
    box: DOMRect,
    frame: Frame,
    depth: number,
  ): void {
    if (element instanceof SVGSVGElement) {
      this.push(depth, inlineSvgMarkup(element, frame, `f${this.count++}`));
    } else if (element instanceof HTMLCanvasElement) {
      this.push(depth, this.canvas(element, style, box, frame));
    } else if (!element.matches(POINTED_AT)) {
      const markup = boxMarkup(style, box, frame);
      if (markup !== '') frame.see(box.left, box.top, box.right, box.bottom);
      this.push(depth, markup);
    }
  }

  private canvas(
    element: HTMLCanvasElement,
    style: CSSStyleDeclaration,
    box: DOMRect,
    { origin, opacity, see }: Frame,
  ): string {
    if (box.width === 0 || element.width === 0) return '';
    see(box.left, box.top, box.right, box.bottom);
    const place = { x: box.left - origin.x, y: box.top - origin.y };
    const painter = painterOf(element);
    const faded = opacity < 1 ? ` opacity="${short(opacity)}"` : '';
    if (painter) {
      const drawing = new SvgDrawing(`f${this.count++}`);
      painter(drawing);
      return `<g transform="translate(${short(place.x)} ${short(place.y)})"${faded}>${drawing.markup()}</g>`;
    }
    const { width, height } = box;
    const isPixelated = style.imageRendering === 'pixelated' || style.imageRendering === 'crisp-edges'; // prettier-ignore
    const picture = imageMarkup(element.toDataURL(), { ...place, width, height }, isPixelated);
    return faded === '' ? picture : `<g${faded}>${picture}</g>`;
  }

  private push(depth: number, markup: string): void {
    if (markup !== '') this.layers.push({ depth, markup });
  }
}

/** What is there for screen readers alone, such as the MathML of a formula. */
function isForReaders(element: Element, style: CSSStyleDeclaration): boolean {
  if (style.position !== 'absolute' || element instanceof SVGElement) return false;
  return style.clip !== 'auto' || style.clipPath === 'inset(50%)';
}

function within(clip: DOMRectReadOnly | null, box: DOMRect): DOMRectReadOnly {
  if (clip === null) return box;
  const [left, top] = [Math.max(clip.left, box.left), Math.max(clip.top, box.top)];
  return new DOMRectReadOnly(
    left,
    top,
    Math.max(0, Math.min(clip.right, box.right) - left),
    Math.max(0, Math.min(clip.bottom, box.bottom) - top),
  );
}

const SIDES = ['Top', 'Right', 'Bottom', 'Left'] as const;

/** Background and borders of a box; empty where it has neither. */
function boxMarkup(style: CSSStyleDeclaration, box: DOMRect, { origin, opacity }: Frame): string {
  const { width, height } = box;
  if (width === 0 || height === 0) return '';
  const [x, y] = [box.left - origin.x, box.top - origin.y];
  const radius = Math.min(Number.parseFloat(style.borderTopLeftRadius) || 0, width / 2, height / 2);
  const round = radius > 0 ? ` rx="${short(radius)}"` : '';
  const { backgroundColor } = style;
  const fill =
    plainColour(backgroundColor).opacity === 0
      ? ''
      : `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"${round} ${paintAttributes('fill', backgroundColor, opacity)}/>`;
  const borders = SIDES.map((side) => {
    const isDrawn = !['none', 'hidden'].includes(style[`border${side}Style`]);
    return {
      width: isDrawn ? Number.parseFloat(style[`border${side}Width`]) : 0,
      colour: style[`border${side}Color`],
      isDashed: style[`border${side}Style`] === 'dashed',
    };
  });
  const [first] = borders;
  if (first === undefined) return fill;
  const isEven = borders.every((b) => b.width === first.width && b.colour === first.colour);
  if (isEven) {
    if (first.width === 0 || plainColour(first.colour).opacity === 0) return fill;
    const half = first.width / 2;
    const dash = first.isDashed ? ` stroke-dasharray="${short(3 * first.width)}"` : '';
    const inner = radius > 0 ? ` rx="${short(Math.max(0, radius - half))}"` : '';
    return `${fill}<rect x="${short(x + half)}" y="${short(y + half)}" width="${short(width - first.width)}" height="${short(height - first.width)}"${inner} fill="none" ${paintAttributes('stroke', first.colour, opacity)} stroke-width="${short(first.width)}"${dash}/>`;
  }
  const edges = [
    { x, y, width, height: borders[0]?.width ?? 0 },
    { x: x + width - (borders[1]?.width ?? 0), y, width: borders[1]?.width ?? 0, height },
    { x, y: y + height - (borders[2]?.width ?? 0), width, height: borders[2]?.width ?? 0 },
    { x, y, width: borders[3]?.width ?? 0, height },
  ];
  const lines = edges.map((edge, index) => {
    const colour = borders[index]?.colour ?? 'none';
    if (edge.width === 0 || edge.height === 0 || plainColour(colour).opacity === 0) return '';
    return `<rect x="${short(edge.x)}" y="${short(edge.y)}" width="${short(edge.width)}" height="${short(edge.height)}" ${paintAttributes('fill', colour, opacity)}/>`;
  });
  return fill + lines.join('');
}
