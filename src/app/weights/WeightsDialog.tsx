import { formatWhole, plural } from '../../core/formatNumber';
import type { Misfit } from '../../interop/matchArrays';
import { Button } from '../../panels/ui/Button';
import { Dialog } from '../../panels/ui/Dialog';
import { useApp } from '../useApp';
import type { IncomingWeights } from './fittedWeights';
import styles from './WeightsDialog.module.css';

/** Arrays listed of a sort; the rest are counted. */
const MOST = 40;

const SORTS: readonly { readonly kind: Misfit['kind']; readonly title: string }[] = [
  { kind: 'shape', title: 'Of another shape: stays as at the start' },
  { kind: 'missing', title: 'Not in the file: stays as at the start' },
  { kind: 'type', title: 'Of another type of number: stays as at the start' },
  { kind: 'notFinite', title: 'With numbers that are not finite: stays as at the start' },
  { kind: 'extra', title: 'Not in the graph: left out' },
];

/** How the weights of a file fit the open graph, before anything is done with them. */
export function WeightsDialog({ incoming }: { incoming: IncomingWeights }) {
  const { weights } = useApp();
  const { fileName, fit, document, step, openTheirs } = incoming;
  const isFit = 'start' in fit;
  const misfits = isFit ? fit.misfits : [];
  const isPart = misfits.some(({ kind }) => kind !== 'extra');
  return (
    <Dialog
      title={
        isFit
          ? isPart
            ? 'A part of these weights fits'
            : 'These weights fit'
          : 'These weights do not fit'
      }
      description={`“${fileName}”, laid against the open graph by name and shape.`}
      width={560}
      onClose={weights.close}
      actions={
        <>
          <Button onClick={weights.close}>Do not load</Button>
          {document !== null && (
            <Button
              kind={isFit ? 'plain' : 'primary'}
              tip="As a document of its own; what you have open is kept"
              onClick={openTheirs}
            >
              Open their document
            </Button>
          )}
          {isFit && (
            <Button kind="primary" onClick={() => void weights.accept(fit, fileName)}>
              {isPart ? 'Load what fits' : 'Load'}
            </Button>
          )}
        </>
      }
    >
      <dl className={styles.facts}>
        <dt>Trained with</dt>
        <dd>{document === null ? 'The file does not say' : document.title || 'Untitled'}</dd>
        <dt>Step</dt>
        <dd>{step === null ? 'The file does not say' : formatWhole(step)}</dd>
        {isFit && (
          <>
            <dt>Fits</dt>
            <dd>{plural(fit.start.state.size, 'array')}</dd>
          </>
        )}
      </dl>
      {misfits.length > 0 && (
        <div className={styles.misfits} tabIndex={0} role="group" aria-label="What does not fit">
          {SORTS.map((sort) => (
            <Sort key={sort.kind} {...sort} misfits={misfits} />
          ))}
        </div>
      )}
      {!isFit &&
        fit.map(({ message }, index) => (
          <p key={index} className={styles.note}>
            {message}
          </p>
        ))}
      {isPart && (
        <p className={styles.note}>
          What fits would be where a new run begins, at step 0 and with a new optimizer.
        </p>
      )}
      {isFit &&
        fit.warnings.map((message) => (
          <p key={message} className={styles.note}>
            {message}
          </p>
        ))}
    </Dialog>
  );
}

interface SortProps {
  readonly kind: Misfit['kind'];
  readonly title: string;
  readonly misfits: readonly Misfit[];
}

function Sort({ kind, title, misfits }: SortProps) {
  const found = misfits.filter((misfit) => misfit.kind === kind);
  if (found.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {found.slice(0, MOST).map((misfit) => (
          <li key={misfit.name}>
            {misfit.name}
            <span>{shapes(misfit)}</span>
          </li>
        ))}
        {found.length > MOST && <li>And {found.length - MOST} more.</li>}
      </ul>
    </>
  );
}

function shapes({ kind, wanted, found }: Misfit): string {
  const text = (shape: readonly number[] | undefined): string =>
    shape === undefined || shape.length === 0 ? 'a number' : shape.join('×');
  return kind === 'shape' ? `${text(found)}, the graph has ${text(wanted)}` : text(wanted ?? found);
}
