import { useEffect, useLayoutEffect, useRef } from 'react';
import { useUi, useUiStore } from '../../store/uiStore';
import styles from './RefusalBubble.module.css';

/** Long enough to read and to reach for the button. */
const STAY = 12_000;

/** At the place of a refused drop: why, and what would work. */
export function RefusalBubble() {
  const ui = useUiStore();
  const refusal = useUi((state) => state.refusal);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (refusal === null) return;
    const close = (): void => ui.setState({ refusal: null });
    const timer = window.setTimeout(close, STAY);
    const outside = (event: PointerEvent): void => {
      if (!(event.target instanceof Node) || !box.current?.contains(event.target)) close();
    };
    const key = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') close();
    };
    window.addEventListener('pointerdown', outside);
    window.addEventListener('keydown', key);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener('pointerdown', outside);
      window.removeEventListener('keydown', key);
    };
  }, [refusal, ui]);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || refusal === null) return;
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(8, Math.min(refusal.at.x + 12, window.innerWidth - width - 8))}px`;
    element.style.top = `${Math.max(8, Math.min(refusal.at.y + 12, window.innerHeight - height - 8))}px`;
  }, [refusal]);

  if (refusal === null) return null;
  return (
    <div ref={box} className={styles.bubble} role="alert" data-testid="refusal">
      <p>{refusal.message}</p>
      {refusal.actions.length > 0 && (
        <div className={styles.actions}>
          {refusal.actions.map(({ label, run }) => (
            <button
              key={label}
              type="button"
              onClick={() => {
                ui.setState({ refusal: null });
                run();
              }}
            >
              {label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
