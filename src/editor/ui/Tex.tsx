import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { knownKatex, loadKatex } from './katex';

interface TexProps {
  readonly tex: string;
  readonly display?: boolean;
  readonly className?: string;
  /** Lets `\htmlData` mark parts of the formula; for TeX of our own making only. */
  readonly marked?: boolean;
}

/** A formula. */
export function Tex({ tex, display = false, className, marked = false }: TexProps) {
  const set = useKatex();
  const html = useMemo(() => set?.(tex, display, marked) ?? '', [set, tex, display, marked]);
  const formula = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => applyStyles(formula.current), [html]);
  return (
    <span
      ref={formula}
      className={className}
      translate="no"
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}

function applyStyles(formula: HTMLElement | null): void {
  for (const element of formula?.querySelectorAll<HTMLElement | SVGElement>('[data-style]') ?? [])
    element.style.cssText = element.dataset['style'] ?? '';
}

function useKatex(): ReturnType<typeof knownKatex> {
  const [html, setHtml] = useState(() => knownKatex());
  useEffect(() => {
    if (html !== null) return;
    let isWanted = true;
    void loadKatex().then((loaded) => {
      if (isWanted) setHtml(() => loaded);
    });
    return () => {
      isWanted = false;
    };
  }, [html]);
  return html;
}
