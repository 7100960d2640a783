import katex from 'katex';
import 'katex/dist/katex.min.css';
import { useMemo } from 'react';

interface TexProps {
  readonly tex: string;
  readonly display?: boolean;
  readonly className?: string;
  /** Lets `\htmlData` mark parts of the formula; for TeX of our own making only. */
  readonly marked?: boolean;
}

/** A formula. TeX that cannot be read is shown as it is. */
export function Tex({ tex, display = false, className, marked = false }: TexProps) {
  const html = useMemo(
    () =>
      katex.renderToString(tex, {
        displayMode: display,
        throwOnError: false,
        strict: 'ignore',
        trust: ({ command }) => marked && command === '\\htmlData',
        maxExpand: 200,
      }),
    [tex, display, marked],
  );
  return <span className={className} dangerouslySetInnerHTML={{ __html: html }} />;
}
