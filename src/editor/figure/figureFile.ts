import { fontFaces } from './fontFaces';
import { escaped, short } from './markup';
import { PagePicture, type Extent } from './pagePicture';
import { paintAttributes } from './plainColour';

export type FigureFormat = 'png' | 'svg';

export interface FigureOptions {
  /** Above the figure; without one there is no such line. */
  readonly title?: string;
  /** What is behind it: a custom property such as `--surface`. */
  readonly background: string;
}

/** Pixels of a PNG for each of the page. */
const RESOLUTION = 2;
const MARGIN = 16;
const TITLE = 26;
/** Browsers draw no larger canvas. */
const MOST_PIXELS = 2 ** 28;
const LONGEST_SIDE = 32_000;

/** Parts of the page as one figure, as they lie to each other, in the colours of the theme. Null where there is nothing to be seen. */
export async function figureFile(
  parts: readonly Element[],
  format: FigureFormat,
  options: FigureOptions,
): Promise<Blob | null> {
  const figure = await figureSvg(parts, options);
  if (figure === null) return null;
  const svg = new Blob([figure.text], { type: 'image/svg+xml' });
  return format === 'svg' ? svg : rasterised(svg, figure);
}

interface Figure {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

async function figureSvg(
  parts: readonly Element[],
  { title, background }: FigureOptions,
): Promise<Figure | null> {
  const first = parts[0]?.getBoundingClientRect();
  if (!first) return null;
  const picture = new PagePicture({ x: first.left, y: first.top });
  for (const part of parts) picture.add(part);
  const { bounds } = picture;
  if (bounds === null) return null;
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const above = title === undefined || title === '' ? 0 : TITLE;
  const { x, y, width, height } = boxAround(bounds, first, above);
  const heading =
    above === 0
      ? ''
      : `<text x="${short(x + MARGIN)}" y="${short(y + MARGIN + 13)}" style="${escaped(`font:600 14px ${token('--font-text')}`)}" ${paintAttributes('fill', token('--text'))}>${escaped(title ?? '')}</text>`;
  const content = heading + picture.markup();
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${short(width)}" height="${short(height)}" viewBox="${[x, y, width, height].map(short).join(' ')}"><title>${escaped(title ?? document.title)}</title>${await fontFaces(content)}<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" ${paintAttributes('fill', token(background))}/>${content}</svg>`;
  return { text, width, height };
}

/** In whole pixels, from the corner of the first part, with a margin and what stands above. */
function boxAround(bounds: Extent, { left, top }: DOMRect, above: number) {
  const x = Math.floor(bounds.left - left) - MARGIN;
  const y = Math.floor(bounds.top - top) - MARGIN - above;
  return {
    ...{ x, y },
    width: Math.ceil(bounds.right - left) + MARGIN - x,
    height: Math.ceil(bounds.bottom - top) + MARGIN - y,
  };
}

async function rasterised(svg: Blob, { width, height }: Figure): Promise<Blob | null> {
  const url = URL.createObjectURL(svg);
  try {
    // The first time words may still be waiting for their fonts, and a drawn image never looks again.
    await drawnOn(1, 1, await loadedImage(url));
    const image = await loadedImage(url);
    const scale = Math.min(
      RESOLUTION,
      Math.sqrt(MOST_PIXELS / (width * height)),
      LONGEST_SIDE / Math.max(width, height),
    );
    return await drawnOn(Math.round(width * scale), Math.round(height * scale), image);
  } finally {
    URL.revokeObjectURL(url);
  }
}

async function loadedImage(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

function drawnOn(width: number, height: number, image: HTMLImageElement): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
