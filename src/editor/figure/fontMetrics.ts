let measuring: CanvasRenderingContext2D | null = null;

/** How far the top of a font's box is above a baseline, and its bottom below it; and how wide a text is. */
export function fontMetrics(
  font: string,
  baseline: CanvasTextBaseline = 'alphabetic',
  text = '',
): { readonly ascent: number; readonly descent: number; readonly metrics: TextMetrics } {
  measuring ??= document.createElement('canvas').getContext('2d');
  if (measuring === null) throw new Error('No canvas can be had.');
  measuring.font = font;
  measuring.textBaseline = baseline;
  const metrics = measuring.measureText(text);
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = metrics;
  return { ascent, descent, metrics };
}
