import { ESCAPED_FRAGMENT } from '../page/pageAddress';

/** The page inside another page: the graph, its run, and one panel. */
export interface Embed {
  /** Id of a tab of the dock; empty for the first. */
  readonly panel: string;
}

const NAME = 'embed';

/** How an address wants to be shown; null for the whole page. `?embed` or, with the panel that is shown, `?embed=landscape`. */
export function embedOf({ search }: Pick<Location, 'search'>): Embed | null {
  const panel = new URLSearchParams(search.replace(ESCAPED_FRAGMENT, '')).get(NAME);
  return panel === null ? null : { panel };
}

/** An address as it is inside other pages. */
export function embedAddress(address: string, panel: string): string {
  const url = new URL(address);
  url.searchParams.set(NAME, panel);
  return url.href;
}

/** The same in a window of its own. */
export function wholeAddress(address: string): string {
  const url = new URL(address);
  url.searchParams.delete(NAME);
  return url.href;
}

/**
 * What to put into another page. The frame may run scripts as its own origin, which the workers need, open the whole page in a window, and
 * nothing else: it reaches nothing of the page around it.
 */
export function embedCode(address: string, title: string): string {
  const attributes = {
    src: address,
    title,
    sandbox: 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox',
    loading: 'lazy',
    style: 'width: 100%; height: 640px; border: 0',
  };
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${escape(value)}"`);
  return `<iframe ${written.join(' ')}></iframe>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
