import { useLayoutEffect, useMemo, useRef } from 'react';
import { katex } from './katex';
import { useComing } from './laterPart';

interface TexProps {
  readonly tex: string;
  readonly display?: boolean;
  readonly className?: string;
  /** Lets `\htmlData` mark parts of the formula; for TeX of our own making only. */
  readonly marked?: boolean;
}

/** A formula. */
export function Tex({ tex, display = false, className, marked = false }: TexProps) {
  const coming = useComing(katex);
  const set = coming.state === 'here' ? coming.value : null;
  const html = useMemo(() => set?.(tex, display, marked) ?? '', [set, tex, display, marked]);
  const formula = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => applyStyles(formula.current), [html]);
  // Its source can be read too.
  if (coming.state === 'missing')
    return (
      <code className={className} translate="no">
        {tex}
      </code>
    );
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
