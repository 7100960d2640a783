import { useMemo } from 'react';
import { useJump } from '../problems/useJump';
import { useEditor } from '../store/useEditor';
import { Tex } from '../ui/Tex';
import { markTerms } from './markTerms';
import styles from './ObjectiveBar.module.css';

/** The objective as a formula with the nodes' labels, always. A click on a term goes to its node. */
export function ObjectiveBar() {
  const formula = useEditor((state) => state.analysis.formula);
  const terms = useEditor((state) => state.analysis.objective);
  const jump = useJump();
  const tex = useMemo(() => markTerms(formula.tex, terms), [formula, terms]);
  return (
    <div
      className={styles.bar}
      data-testid="objective"
      role="group"
      aria-label={`Objective: ${formula.text}`}
    >
      <div
        className={styles.formula}
        onClick={(event) => {
          const nodeId =
            event.target instanceof Element
              ? event.target.closest('[data-node]')?.getAttribute('data-node')
              : null;
          if (nodeId) jump({ nodeId });
        }}
      >
        <Tex tex={tex} marked />
      </div>
      {/* The same by keyboard: a formula has no buttons in it. */}
      {terms.map(({ nodeId, port, label }) => (
        <button
          key={`${nodeId}.${port}`}
          type="button"
          className={styles.term}
          onClick={() => jump({ nodeId })}
        >
          Go to {label}
        </button>
      ))}
    </div>
  );
}
