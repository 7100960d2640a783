/** A font as words are set in it. */
interface Used {
  readonly family: string;
  readonly isSlanted: boolean;
  readonly weight: number;
  readonly letters: ReadonlySet<number>;
}

/**
 * The fonts that a drawing uses, as a style sheet with the files inside, so that it looks the same where they are not installed. Only
 * the parts of a font that have letters of the drawing, that with the Latin ones first; none for a font that cannot be fetched.
 */
export async function fontFaces(markup: string): Promise<string> {
  const used = usedFonts(markup);
  const needed = faces()
    .filter(({ style }) => used.some((font) => isOf(style, font)))
    .sort((a, b) => Number(isLatin(b.style)) - Number(isLatin(a.style)));
  const css = (await Promise.all(needed.map(faceText))).join('');
  return css === '' ? '' : `<style>${css}</style>`;
}

const LATIN: ReadonlySet<number> = new Set(['a'.charCodeAt(0)]);

function isLatin(face: CSSStyleDeclaration): boolean {
  return hasLetters(face.getPropertyValue('unicode-range'), LATIN);
}

function usedFonts(markup: string): Used[] {
  // The policy of the page refuses styles that come as text, also in what is only read. Quotes in texts are escaped.
  const plain = markup.replaceAll(' style="', ' data-style="');
  const text = `<svg xmlns="http://www.w3.org/2000/svg">${plain}</svg>`;
  const drawing = new DOMParser().parseFromString(text, 'image/svg+xml');
  return [...drawing.querySelectorAll('text')].flatMap((element) => {
    const { style } = document.createElement('span');
    style.cssText = element.getAttribute('data-style') ?? '';
    const said = (name: string): string => style.getPropertyValue(name) || (element.getAttribute(name) ?? ''); // prettier-ignore
    const letters = new Set([...element.textContent].map((letter) => letter.codePointAt(0) ?? 0));
    const isSlanted = said('font-style') === 'italic';
    const weight = Number.parseInt(said('font-weight'), 10) || 400;
    return said('font-family')
      .split(',')
      .map((family) => ({ family: unquoted(family), isSlanted, weight, letters }));
  });
}

function isOf(face: CSSStyleDeclaration, { family, isSlanted, weight, letters }: Used): boolean {
  if (unquoted(face.getPropertyValue('font-family')) !== family) return false;
  if ((face.getPropertyValue('font-style') === 'italic') !== isSlanted) return false;
  // One weight, or those from – to of a variable font.
  const [from = 400, to = from] = face.getPropertyValue('font-weight').split(' ').map(Number);
  return weight >= from && weight <= to && hasLetters(face.getPropertyValue('unicode-range'), letters); // prettier-ignore
}

interface Face {
  readonly style: CSSStyleDeclaration;
  /** What its files are relative to. */
  readonly base: string;
}

function faces(): Face[] {
  return [...document.styleSheets].flatMap((sheet) => {
    try {
      const base = sheet.href ?? document.baseURI;
      return [...sheet.cssRules].flatMap((rule) =>
        rule instanceof CSSFontFaceRule ? [{ style: rule.style, base }] : [],
      );
    } catch {
      // A sheet of somebody else, such as an extension's, cannot be read.
      return [];
    }
  });
}

function unquoted(name: string): string {
  return name.replaceAll(/["']/g, '').trim();
}

/** `unicode-range` of a face; nothing said is everything. */
function hasLetters(ranges: string, letters: ReadonlySet<number>): boolean {
  if (ranges.trim() === '') return true;
  return ranges.split(',').some((range) => {
    const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-');
    const [low, high] = [from.replaceAll('?', '0'), to.replaceAll('?', 'f')].map((hex) => Number.parseInt(hex, 16)); // prettier-ignore
    return [...letters].some((letter) => letter >= (low ?? 0) && letter <= (high ?? 0));
  });
}

async function faceText({ style, base }: Face): Promise<string> {
  const url = /url\("?([^")]+)"?\)/.exec(style.getPropertyValue('src'))?.[1];
  if (url === undefined) return '';
  try {
    const response = await fetch(new URL(url, base));
    const source = await dataUrl(await response.blob());
    const said = ['font-family', 'font-style', 'font-weight', 'unicode-range']
      .map((property) => [property, style.getPropertyValue(property)] as const)
      .filter(([, value]) => value !== '')
      .map(([property, value]) => `${property}:${value};`);
    return `@font-face{${said.join('')}src:url("${source}")}`;
  } catch {
    return '';
  }
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('A file cannot be read.'));
    reader.readAsDataURL(blob);
  });
}
