import katex from 'katex';
import 'katex/dist/katex.min.css';

/** TeX as HTML. TeX that cannot be read is shown as it is. */
export function katexHtml(tex: string, display: boolean, marked: boolean): string {
  return katex.renderToString(tex, {
    displayMode: display,
    throwOnError: false,
    strict: 'ignore',
    trust: ({ command }) => marked && command === '\\htmlData',
    maxExpand: 200,
  });
}
