import { gravestFirst } from '../../core/diagnostic';
import { CircleCheck } from 'lucide-react';
import { SeverityIcon } from '../inspector/DiagnosticList';
import { useEditor } from '../store/useEditor';
import { useViews } from '../store/ViewsContext';
import styles from './Problems.module.css';
import { RemedyButton } from './RemedyButton';
import { useJump } from './useJump';

/** Everything that the analysis has to say, each with a jump to where it is and its remedy, where one change does. */
export function ProblemList({ onJump }: { onJump?: () => void }) {
  const diagnostics = useEditor((state) => state.analysis.diagnostics);
  const views = useViews();
  const jump = useJump();
  if (diagnostics.length === 0) {
    return (
      <p className={styles.none}>
        <CircleCheck size={15} aria-hidden /> No problems. The graph can run.
      </p>
    );
  }
  return (
    <ul className={styles.list}>
      {gravestFirst(diagnostics).map((diagnostic, index) => {
        const { severity, message, hint, remedy, nodeId, edgeId } = diagnostic;
        const place = nodeId === undefined ? null : (views.nodes.get(nodeId)?.label ?? nodeId);
        const body = (
          <>
            <SeverityIcon severity={severity} />
            <span className={styles.text}>
              <span>{message}</span>
              {hint !== undefined && <span className={styles.hint}>{hint}</span>}
            </span>
          </>
        );
        return (
          <li key={index}>
            {nodeId === undefined && edgeId === undefined ? (
              <div className={styles.problem}>{body}</div>
            ) : (
              <button
                type="button"
                className={styles.problem}
                aria-label={[message, hint ?? '', `Go to ${place ?? 'the edge'}.`].join(' ')}
                onClick={() => {
                  jump(diagnostic);
                  onJump?.();
                }}
              >
                {body}
              </button>
            )}
            {remedy && (
              <div className={styles.remedy}>
                <RemedyButton remedy={remedy} onDone={onJump} />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
