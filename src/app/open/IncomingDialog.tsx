import { useEffect, useMemo } from 'react';
import { analyse } from '../../compiler/analysis/analyse';
import { SeverityIcon } from '../../editor/inspector/DiagnosticList';
import { formatCount, plural } from '../../core/formatNumber';
import { Button } from '../../panels/ui/Button';
import { Dialog } from '../../panels/ui/Dialog';
import { GraphThumbnail } from '../gallery/GraphThumbnail';
import type { Incoming } from '../page/pageStore';
import { canReproduce, claimsText } from '../share/claimsText';
import { useApp } from '../useApp';
import styles from './Open.module.css';

/** Findings listed; the rest are counted. */
const MOST = 8;

/** What a link or a mended file holds, before it is opened. */
export function IncomingDialog({ incoming }: { incoming: Incoming }) {
  const app = useApp();
  const { document, source, repairs } = incoming;
  const { claims, training } = document;
  useEffect(() => app.flow.linkShown(), [app]);
  const analysis = useMemo(() => analyse(document, app.editor.registry), [document, app]);
  const findings = [
    ...repairs,
    ...analysis.diagnostics.filter(({ severity }) => severity === 'error'),
  ];
  const sound = analysis.diagnostics.every(({ severity }) => severity !== 'error');
  const reproducible = sound && claims !== undefined && canReproduce(claims);
  return (
    <Dialog
      title={document.title || 'Untitled'}
      description={
        source === 'link'
          ? 'This link holds a graph. It opens as a document of its own; what you have open is kept.'
          : 'Parts of this file were damaged and have been repaired or left out.'
      }
      width={520}
      onClose={() => app.flow.close(source)}
      actions={
        <>
          <Button onClick={() => app.flow.close(source)}>Do not open</Button>
          <Button
            kind={reproducible ? 'plain' : 'primary'}
            onClick={() => void app.flow.accept(incoming)}
          >
            Open
          </Button>
          {reproducible && (
            <Button
              kind="primary"
              tip={`Runs ${plural(claims.step, 'step')} and compares`}
              onClick={() => void app.flow.accept(incoming).then(app.reproduce)}
            >
              Open and reproduce
            </Button>
          )}
        </>
      }
    >
      <div className={styles.picture}>
        <GraphThumbnail document={document} registry={app.editor.registry} />
      </div>
      {document.description !== '' && <p className={styles.description}>{document.description}</p>}
      <dl className={styles.facts}>
        <dt>Graph</dt>
        <dd>
          {plural(document.nodes.length, 'node')}, {plural(document.edges.length, 'connection')},{' '}
          {formatCount(analysis.parameterCount)} weights
        </dd>
        <dt>Training</dt>
        <dd>
          {plural(training.steps, 'step')} of {plural(training.batchSize, 'sample')}, seed{' '}
          {training.seed}
        </dd>
        {claims !== undefined && (
          <>
            <dt>Claimed</dt>
            <dd>
              {claimsText(claims)}
              {!canReproduce(claims) && ': of no run, so that nothing can be repeated'}
            </dd>
          </>
        )}
      </dl>
      {findings.length > 0 && (
        <ul className={styles.findings}>
          {findings.slice(0, MOST).map(({ severity, message }, index) => (
            <li key={index}>
              <SeverityIcon severity={severity} />
              <span>{message}</span>
            </li>
          ))}
          {findings.length > MOST && <li>And {findings.length - MOST} more.</li>}
        </ul>
      )}
    </Dialog>
  );
}
