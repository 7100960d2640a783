import { useEffect } from 'react';
import { useUi, useUiStore } from '../store/uiStore';
import styles from './Canvas.module.css';

/** Long enough to be read. */
const STAY = 7000;

/** The status line of the canvas: what a gesture did beside what was meant, where that is not plain to see. */
export function CanvasNotice() {
  const ui = useUiStore();
  const notice = useUi((state) => state.notice);
  useEffect(() => {
    if (notice === null) return;
    const timer = window.setTimeout(() => ui.setState({ notice: null }), STAY);
    return () => window.clearTimeout(timer);
  }, [notice, ui]);
  return (
    <div className={styles.notice} role="status" data-testid="notice">
      {notice !== null && <span>{notice}</span>}
    </div>
  );
}
