import { useEffect, useMemo, useState } from 'react';
import type { katexHtml } from './katexHtml';

interface TexProps {
  readonly tex: string;
  readonly display?: boolean;
  readonly className?: string;
  /** Lets `\htmlData` mark parts of the formula; for TeX of our own making only. */
  readonly marked?: boolean;
}

type KatexHtml = typeof katexHtml;

/** Once it has come, formulas are set at once. */
let known: KatexHtml | null = null;

/** A formula. KaTeX is large and comes with the first one, after what it stands on. */
export function Tex({ tex, display = false, className, marked = false }: TexProps) {
  const set = useKatex();
  const html = useMemo(() => set?.(tex, display, marked) ?? '', [set, tex, display, marked]);
  return <span className={className} dangerouslySetInnerHTML={{ __html: html }} />;
}

function useKatex(): KatexHtml | null {
  const [html, setHtml] = useState(() => known);
  useEffect(() => {
    if (html !== null) return;
    let isWanted = true;
    void import('./katexHtml').then(({ katexHtml }) => {
      known = katexHtml;
      if (isWanted) setHtml(() => katexHtml);
    });
    return () => {
      isWanted = false;
    };
  }, [html]);
  return html;
}
