import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import styles from './TipLayer.module.css';

interface Tip {
  readonly text: string;
  readonly anchor: DOMRect;
}

const DELAY = 350;
const MARGIN = 8;

/**
 * One tooltip for the whole editor: any element with `data-tip` has one. A graph has thousands of ports, and a tooltip
 * component for each would cost more than the ports.
 */
export function TipLayer() {
  const [tip, setTip] = useState<Tip | null>(null);

  useEffect(() => {
    let timer = 0;
    let current: Element | null = null;
    const hide = (): void => {
      window.clearTimeout(timer);
      current = null;
      setTip(null);
    };
    const consider = (target: EventTarget | null, delay: number): void => {
      const element = target instanceof Element ? target.closest('[data-tip]') : null;
      if (element === current) return;
      hide();
      const text = element?.getAttribute('data-tip');
      if (!element || !text) return;
      current = element;
      timer = window.setTimeout(() => {
        if (element.isConnected) setTip({ text, anchor: element.getBoundingClientRect() });
      }, delay);
    };
    const over = (event: PointerEvent): void => {
      if (event.buttons === 0 && event.pointerType !== 'touch') consider(event.target, DELAY);
    };
    const focus = (event: FocusEvent): void => {
      if (event.target instanceof Element && event.target.matches(':focus-visible')) {
        consider(event.target, 0);
      }
    };
    const key = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') hide();
    };
    document.addEventListener('pointerover', over);
    document.addEventListener('pointerdown', hide);
    document.addEventListener('wheel', hide, { passive: true });
    document.addEventListener('focusin', focus);
    document.addEventListener('focusout', hide);
    document.addEventListener('keydown', key);
    return () => {
      hide();
      document.removeEventListener('pointerover', over);
      document.removeEventListener('pointerdown', hide);
      document.removeEventListener('wheel', hide);
      document.removeEventListener('focusin', focus);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('keydown', key);
    };
  }, []);

  return tip === null ? null : <TipBox tip={tip} />;
}

function TipBox({ tip: { text, anchor } }: { tip: Tip }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const { width, height } = element.getBoundingClientRect();
    const x = anchor.left + anchor.width / 2 - width / 2;
    const below = anchor.bottom + MARGIN;
    const y = below + height > window.innerHeight - MARGIN ? anchor.top - MARGIN - height : below;
    element.style.left = `${Math.max(MARGIN, Math.min(x, window.innerWidth - width - MARGIN))}px`;
    element.style.top = `${Math.max(MARGIN, y)}px`;
  }, [text, anchor]);
  const [head, ...rest] = text.split('\n');
  return (
    <div ref={box} role="tooltip" className={styles.tip}>
      <div className={styles.head}>{head}</div>
      {rest.map((line, index) => (
        <div key={index}>{line}</div>
      ))}
    </div>
  );
}
