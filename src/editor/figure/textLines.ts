import { fontMetrics } from './fontMetrics';
import { escaped, short } from './markup';
import { paintAttributes } from './plainColour';
import type { Frame } from './frame';

interface Line {
  text: string;
  left: number;
  right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The lines of a text as the browser has laid them out. What is cut off ends with an ellipsis, as on the page. */
export function textMarkup(node: Text, style: CSSStyleDeclaration, frame: Frame): string {
  const font = fontOf(style);
  const { ascent, descent } = fontMetrics(font);
  const opacity = frame.opacity;
  const lines = linesOf(node);
  const seen = lines.filter(({ top, bottom }) => isInside((top + bottom) / 2, frame.clip));
  const goesOn = seen.length > 0 && seen.at(-1) !== lines.at(-1);
  return seen
    .map((line, index) => {
      const written = transformed(line.text, style.textTransform);
      const text =
        goesOn && index === seen.length - 1
          ? shortened(written, line.right - line.left, font)
          : fitted(written, line, font, frame.clip);
      if (text === '') return '';
      const [x, top] = [line.left - frame.origin.x, line.top - frame.origin.y];
      // The box of a line of text is as high as its font says, scaled with the page.
      const baseline = top + ((line.bottom - line.top) * ascent) / (ascent + descent);
      frame.see(line.left, line.top, line.right, line.bottom);
      return `<text x="${short(x)}" y="${short(baseline)}" style="${escaped(textStyle(style, font))}" xml:space="preserve" ${paintAttributes('fill', style.color, opacity)}>${escaped(text)}</text>`;
    })
    .join('');
}

export function fontOf({
  fontStyle,
  fontWeight,
  fontSize,
  fontFamily,
}: CSSStyleDeclaration): string {
  return `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
}

function textStyle(
  { letterSpacing, fontVariantNumeric }: CSSStyleDeclaration,
  font: string,
): string {
  return [
    `font:${font}`,
    letterSpacing === 'normal' ? '' : `letter-spacing:${letterSpacing}`,
    fontVariantNumeric === 'normal' ? '' : `font-variant-numeric:${fontVariantNumeric}`,
  ]
    .filter((declaration) => declaration !== '')
    .join(';');
}

function linesOf(node: Text): Line[] {
  const range = document.createRange();
  range.selectNodeContents(node);
  const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
  const [only] = boxes;
  if (only === undefined) return [];
  const { left, right, top, bottom } = only;
  if (boxes.length === 1) {
    const text = node.data.replace(/\s+/g, ' ').trim();
    return [{ text: beginsWithSpace(node) ? ` ${text}` : text, left, right, top, bottom }];
  }
  const lines: Line[] = [];
  for (let at = 0; at < node.length; at++) {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const box = range.getClientRects()[0];
    if (box === undefined || box.width === 0) continue;
    const last = lines.at(-1);
    if (last && Math.abs(last.top - box.top) < 2) {
      last.text += node.data[at] ?? '';
      last.right = box.right;
    } else {
      const { left: from, right: to, top: above, bottom: below } = box;
      lines.push({ text: node.data[at] ?? '', left: from, right: to, top: above, bottom: below });
    }
  }
  return lines.map((line) => ({ ...line, text: line.text.replace(/\s+/g, ' ').trimEnd() }));
}

/** Whether the page shows a space before the first word, as between two words of different styles. */
function beginsWithSpace(node: Text): boolean {
  const count = node.data.length - node.data.trimStart().length;
  if (count === 0) return false;
  const range = document.createRange();
  range.setStart(node, 0);
  range.setEnd(node, count);
  return [...range.getClientRects()].some(({ width }) => width > 0);
}

function isInside(middle: number, clip: Frame['clip']): boolean {
  return clip === null || (middle > clip.top && middle < clip.bottom);
}

/** As much of it as there is room for. */
function fitted(text: string, line: Line, font: string, clip: Frame['clip']): string {
  if (clip === null || line.right <= clip.right + 1) return text;
  return shortened(text, clip.right - line.left, font);
}

/** As much of it as there is room for with the sign that it goes on. */
function shortened(text: string, room: number, font: string): string {
  let end = text.length;
  while (end > 0 && widthOf(`${text.slice(0, end)}…`, font) > room) end--;
  return end === 0 ? '' : `${text.slice(0, end).trimEnd()}…`;
}

function widthOf(text: string, font: string): number {
  return fontMetrics(font, 'alphabetic', text).metrics.width;
}

function transformed(text: string, transform: string): string {
  return transform === 'uppercase' ? text.toUpperCase() : text;
}
