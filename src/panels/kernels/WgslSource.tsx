import { useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Token } from './highlightWgsl';
import { useVisibleRange } from './useVisibleRange';
import styles from './WgslSource.module.css';

const LINE = 18;

type Highlight = (source: string) => Token[][];

interface WgslSourceProps {
  readonly wgsl: string;
  readonly label: string;
  /** Above the source; scrolls with it, but not to the side. */
  readonly children: ReactNode;
}

/** Source with line numbers. Long ones are drawn as far as they are in view. */
export function WgslSource({ wgsl, label, children }: WgslSourceProps) {
  const highlight = useHighlight();
  const source = wgsl.trimEnd();
  const lines = useMemo(
    () => highlight?.(source) ?? source.split('\n').map(plainLine),
    [highlight, source],
  );
  const width = useMemo(() => Math.max(...source.split('\n').map((line) => line.length)), [source]);
  const { ref, onScroll, first, end } = useVisibleRange(lines.length, LINE);
  const digits = String(lines.length).length;
  return (
    <div
      ref={ref}
      className={styles.scroller}
      onScroll={onScroll}
      // Scrolled by the keyboard, and read out as one.
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <div className={styles.above}>{children}</div>
      <pre
        className={styles.source}
        translate="no"
        data-testid="wgsl"
        data-highlighted={highlight !== null}
        style={{
          height: lines.length * LINE,
          width: `calc(${width + digits}ch + 52px)`,
          paddingTop: first * LINE,
        }}
      >
        {lines.slice(first, end).map((tokens, index) => (
          <code key={first + index} className={styles.line}>
            <span
              className={styles.number}
              data-line={first + index + 1}
              style={{ width: `calc(${digits}ch + 28px)` }}
            />
            {tokens.map(({ kind, text }, place) =>
              kind === 'plain' ? (
                text
              ) : (
                <span key={place} data-token={kind}>
                  {text}
                </span>
              ),
            )}
            {'\n'}
          </code>
        ))}
      </pre>
    </div>
  );
}

function plainLine(text: string): Token[] {
  return [{ kind: 'plain', text }];
}

/** The grammar comes when a kernel is first looked at; until then, and without it, the source is plain. */
function useHighlight(): Highlight | null {
  const [highlight, setHighlight] = useState<Highlight | null>(null);
  useEffect(() => {
    let wanted = true;
    import('./highlightWgsl').then(
      ({ highlightWgsl }) => {
        if (wanted) setHighlight(() => highlightWgsl);
      },
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, []);
  return highlight;
}
