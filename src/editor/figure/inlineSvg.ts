import type { Frame } from './frame';
import { escaped, short } from './markup';
import { paintAttributes, plainColour } from './plainColour';

/** What decides how a shape looks, with what it is where nothing is said. */
const PROPERTIES: readonly (readonly [string, string])[] = [
  ['fill-rule', 'nonzero'],
  ['stroke-width', '1px'],
  ['stroke-linecap', 'butt'],
  ['stroke-linejoin', 'miter'],
  ['stroke-dasharray', 'none'],
  ['opacity', '1'],
  ['paint-order', 'normal'],
  ['vector-effect', 'none'],
];
const OF_TEXT: readonly (readonly [string, string])[] = [
  ['font-family', ''],
  ['font-size', ''],
  ['font-weight', ''],
  ['font-style', 'normal'],
  ['font-variant-numeric', 'normal'],
  ['text-anchor', 'start'],
];
/** Attributes of shapes: where they are. */
const GEOMETRY = new Set(
  'd x y x1 y1 x2 y2 cx cy r rx ry width height points transform viewBox offset gradientUnits gradientTransform patternUnits patternTransform preserveAspectRatio'.split(
    ' ',
  ),
);
const SHAPES = 'path, line, rect, circle, ellipse, polyline, polygon, text';

/** A drawing that the page has as SVG, with what style sheets say of it written down. */
export function inlineSvgMarkup(svg: SVGSVGElement, frame: Frame, prefix: string): string {
  const box = svg.getBoundingClientRect();
  const overflows = getComputedStyle(svg).overflow === 'visible';
  for (const shape of overflows ? svg.querySelectorAll(SHAPES) : []) {
    const { left, top, right, bottom, width, height } = shape.getBoundingClientRect();
    if (width + height > 0) frame.see(left, top, right, bottom);
  }
  if (box.width > 0 && !overflows) frame.see(box.left, box.top, box.right, box.bottom);
  const content = [...svg.children].map((child) => shapeMarkup(child, prefix)).join('');
  if (content === '') return '';
  const viewBox = svg.getAttribute('viewBox');
  const ratio = svg.getAttribute('preserveAspectRatio');
  const opacity = frame.opacity < 1 ? ` opacity="${short(frame.opacity)}"` : '';
  return `<svg x="${short(box.left - frame.origin.x)}" y="${short(box.top - frame.origin.y)}" width="${short(box.width)}" height="${short(box.height)}"${viewBox ? ` viewBox="${escaped(viewBox)}"` : ''}${ratio ? ` preserveAspectRatio="${escaped(ratio)}"` : ''}${overflows ? ' overflow="visible"' : ''}${opacity}>${content}</svg>`;
}

function shapeMarkup(element: Element, prefix: string): string {
  const style = getComputedStyle(element);
  const isDefinition =
    element.closest('linearGradient, radialGradient, pattern, clipPath') !== null;
  if (style.display === 'none' || (style.visibility !== 'visible' && !isDefinition)) return '';
  if (element.getAttribute('data-figure') === 'none') return '';
  const tag = element.tagName;
  const isText = tag === 'text' || tag === 'tspan';
  const isInvisible =
    element.matches(SHAPES) && isUnseen(style, 'fill') && isUnseen(style, 'stroke');
  if (isInvisible) return '';
  const attributes = [...element.attributes]
    .filter(({ name }) => GEOMETRY.has(name))
    .map(({ name, value }) => `${name}="${escaped(value)}"`);
  // The CSS properties of the same name win over the attributes.
  if (tag === 'circle') attributes.push(`r="${short(parseFloat(style.getPropertyValue('r')))}"`);
  if (element.id !== '') attributes.push(`id="${prefix}${safeId(element.id)}"`);
  if (element.matches(SHAPES)) {
    attributes.push(paint('fill', style, prefix), paint('stroke', style, prefix));
  }
  if (tag === 'stop') {
    const { colour, opacity } = plainColour(style.stopColor);
    attributes.push(`stop-color="${colour}" stop-opacity="${opacity}"`);
  }
  for (const [name, usual] of isText ? [...PROPERTIES, ...OF_TEXT] : PROPERTIES) {
    const value = style.getPropertyValue(name);
    if (value !== usual && value !== '') attributes.push(`${name}="${escaped(value)}"`);
  }
  if (isText) attributes.push(`dominant-baseline="${style.dominantBaseline}"`);
  const inner = isText
    ? escaped(element.textContent)
    : [...element.children].map((child) => shapeMarkup(child, prefix)).join('');
  const unique = [...new Map(attributes.map((one) => [one.split('=')[0], one])).values()];
  return `<${tag} ${unique.join(' ')}>${inner}</${tag}>`;
}

function isUnseen(style: CSSStyleDeclaration, name: 'fill' | 'stroke'): boolean {
  const value = style.getPropertyValue(name);
  const isNothing = value === 'none' || Number(style.getPropertyValue(`${name}-opacity`)) === 0;
  return isNothing || (!value.startsWith('url') && plainColour(value).opacity === 0);
}

function paint(name: 'fill' | 'stroke', style: CSSStyleDeclaration, prefix: string): string {
  const value = style.getPropertyValue(name);
  const reference = /^url\("?#(.*?)"?\)/.exec(value)?.[1];
  if (reference !== undefined) return `${name}="url(#${prefix}${safeId(reference)})"`;
  if (value === 'none') return `${name}="none"`;
  return paintAttributes(name, value, Number(style.getPropertyValue(`${name}-opacity`) || '1'));
}

/** React's ids have characters that not every program takes in one. */
function safeId(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9_-]/g, '_');
}
