import katex from 'katex';
import 'katex/dist/katex.min.css';

/**
 * TeX as HTML. TeX that cannot be read is shown as it is. Styles of its elements are in `data-style`, since the policy of the page
 * refuses those that come as text; `applyStyles` gives them.
 */
export function katexHtml(tex: string, display: boolean, marked: boolean): string {
  const html = katex.renderToString(tex, {
    displayMode: display,
    throwOnError: false,
    strict: 'ignore',
    trust: ({ command }) => marked && command === '\\htmlData',
    maxExpand: 200,
  });
  // Quotes in texts are escaped, so that this is found in tags only.
  return html.replaceAll(' style="', ' data-style="');
}
