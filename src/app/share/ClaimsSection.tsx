import { setClaims } from '../../document/commands/settingsCommands';
import { Section } from '../../editor/inspector/Section';
import { useEditor, useEditorStore } from '../../editor/store/useEditor';
import { blockReason } from '../../panels/run/blockReason';
import { Button } from '../../panels/ui/Button';
import { useApp, usePage } from '../useApp';
import { canReproduce, claimsText } from './claimsText';
import type { Reproduction } from './reproduce';
import styles from './Share.module.css';

/** In the inspector of a document that claims results: what they are, and what came of them here. */
export function ClaimsSection() {
  const app = useApp();
  const store = useEditorStore();
  const { claims, readOnly, blocked } = useEditor(({ document, readOnly, analysis }) => ({
    claims: document.claims,
    readOnly,
    blocked: blockReason(analysis.diagnostics),
  }));
  const { reproduction, reproductionOpen } = usePage(({ reproduction, reproductionOpen }) => ({
    reproduction,
    reproductionOpen,
  }));
  if (claims === undefined) return null;
  return (
    <Section title="Claimed results">
      <p className={styles.claims} data-testid="claims">
        The document came with results: {claimsText(claims)}.
      </p>
      {reproduction !== null && <Outcome reproduction={reproduction} />}
      {!canReproduce(claims) && (
        <p className={styles.claims}>They are of step 0, of no run: nothing can be repeated.</p>
      )}
      <div className={styles.claimActions}>
        {canReproduce(claims) && (
          <Button
            disabled={blocked !== null}
            tip={blocked ?? 'Runs as many steps from step 0, and compares'}
            onClick={app.reproduce}
          >
            {reproduction === null ? 'Reproduce' : 'Reproduce again'}
          </Button>
        )}
        {reproduction !== null && !reproductionOpen && (
          <Button kind="quiet" onClick={() => app.page.setState({ reproductionOpen: true })}>
            Show the comparison
          </Button>
        )}
        {!readOnly && (
          <Button
            kind="quiet"
            tip="Takes the claim out of the document"
            onClick={() => {
              store.edit(setClaims(null));
              store.endGesture();
            }}
          >
            Forget them
          </Button>
        )}
      </div>
    </Section>
  );
}

/** In short; the comparison has the numbers. */
function Outcome({ reproduction: { status, holds } }: { reproduction: Reproduction }) {
  if (status === 'running') return null;
  if (holds === true) return <p className={styles.claims}>Run here, they hold.</p>;
  return (
    <p className={styles.claims} data-severity="warning">
      {status === 'failed' ? 'Run here, they could not be reached.' : 'Run here, they differ.'}
    </p>
  );
}
