import { FileInput, Play, Weight, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { formatBytes, formatFigure, formatWhole } from '../../core/formatNumber';
import { documentDifference } from '../../runs/documentDifference';
import { canResume, type RunRecord } from '../../runs/runRecord';
import { SelectField } from '../../editor/fields/SelectField';
import { useEditor, useEditorStore } from '../../editor/store/useEditor';
import { IconButton } from '../../editor/ui/IconButton';
import { Button } from '../ui/Button';
import { CommitField } from '../ui/CommitField';
import { Differences } from './Differences';
import styles from './RunDetails.module.css';
import { RunStateMark } from './RunStateMark';
import { useRunsActions } from './useRuns';

const ICON = { size: 14, strokeWidth: 1.75, 'aria-hidden': true } as const;
const OPEN = 'open';
/** More than anybody would look through. */
const MOST_OTHERS = 100;

interface RunDetailsProps {
  readonly run: RunRecord;
  readonly runs: readonly RunRecord[];
}

/** One run: what it is called, what it was, how it differs from others, and how to take it up again. */
export function RunDetails({ run, runs }: RunDetailsProps) {
  const actions = useRunsActions();
  return (
    <section className={styles.details} aria-label={`Run ${run.name}`}>
      <header className={styles.head}>
        <CommitField
          label="Name of the run"
          value={run.name}
          className={styles.name}
          onCommit={(name) => name !== '' && actions.change(run.id, { name })}
        />
        <IconButton label="Close the run" onClick={() => actions.choose(null)}>
          <X size={15} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </header>
      <div className={styles.actions}>
        <Button
          icon={<Play {...ICON} />}
          disabled={!canResume(run)}
          tip={
            run.checkpoint === null
              ? 'Its weights are not kept.'
              : `Goes on from step ${formatWhole(run.checkpoint.step)}`
          }
          onClick={() => actions.resume(run.id)}
        >
          Resume
        </Button>
        <Button icon={<FileInput {...ICON} />} onClick={() => actions.openGraph(run.id)}>
          Open graph
        </Button>
        <Button
          icon={<Weight {...ICON} />}
          disabled={!canResume(run)}
          onClick={() => actions.openWeights(run.id)}
        >
          Open with weights
        </Button>
      </div>
      <Facts run={run} runs={runs} />
      <Comparison run={run} runs={runs} />
      <Numbers run={run} />
    </section>
  );
}

function Facts({ run, runs }: RunDetailsProps) {
  const actions = useRunsActions();
  const { document, engine, step, totalSteps, created, checkpoint, parent, judgement } = run;
  const source = runs.find(({ id }) => id === parent?.id);
  return (
    <dl className={styles.facts}>
      <dt>State</dt>
      <dd>
        <RunStateMark runs={[run]} />
      </dd>
      {judgement !== null && (
        <>
          <dt>Found</dt>
          <dd>{judgement.reason}</dd>
        </>
      )}
      <dt>Tags</dt>
      <dd>
        <CommitField
          label="Tags, separated by commas"
          placeholder="baseline, paper"
          value={run.tags.join(', ')}
          className={styles.tags}
          onCommit={(text) => actions.change(run.id, { tags: tagsOf(text) })}
        />
      </dd>
      <dt>Graph</dt>
      <dd>{document.title}</dd>
      <dt>Steps</dt>
      <dd>
        {formatWhole(step)} of {formatWhole(totalSteps)}, seed {document.training.seed}
        {!run.reproducible && ', with values changed or weights carried over on the way'}
      </dd>
      {parent !== null && (
        <>
          <dt>Weights</dt>
          <dd>
            from {source === undefined ? 'a run that is not kept' : `“${source.name}”`} at step{' '}
            {formatWhole(parent.step)}
            {parent.kept !== undefined && `, where the graph was changed. ${parent.kept}`}
          </dd>
        </>
      )}
      <dt>Engine</dt>
      <dd>{engine === null ? 'not known' : engine.description}</dd>
      <dt>Begun</dt>
      <dd>{new Date(created).toLocaleString('en')}</dd>
      <dt>Kept</dt>
      <dd>
        {checkpoint === null
          ? 'Without weights'
          : `Weights${checkpoint.isWhole ? ' and optimizer' : ''} of step ${formatWhole(checkpoint.step)}, ${formatBytes(checkpoint.bytes)}`}
      </dd>
    </dl>
  );
}

/** What differs between the graph of this run and another. */
function Comparison({ run, runs }: RunDetailsProps) {
  const { registry } = useEditorStore();
  const open = useEditor((state) => state.document);
  const [other, setOther] = useState(OPEN);
  const others = runs.filter(({ id }) => id !== run.id).slice(0, MOST_OTHERS);
  const base = others.find(({ id }) => id === other)?.document ?? open;
  const differences = useMemo(
    () => documentDifference(base, run.document, registry),
    [base, run.document, registry],
  );
  return (
    <div className={styles.part}>
      <div className={styles.versus}>
        <h3>Against</h3>
        <SelectField
          id="run-against"
          label="Compare with"
          value={others.some(({ id }) => id === other) ? other : OPEN}
          options={[OPEN, ...others.map(({ id }) => id)]}
          titles={Object.fromEntries([
            [OPEN, 'The open graph'],
            ...others.map(({ id, name, document }) => [
              id,
              `${name}, seed ${document.training.seed}`,
            ]),
          ])}
          onChange={setOther}
        />
      </div>
      <Differences differences={differences} />
    </div>
  );
}

/** What the last report found, number by number. */
function Numbers({ run: { numbers, judgement } }: { run: RunRecord }) {
  const entries = Object.entries(numbers);
  if (entries.length === 0 || judgement === null) return null;
  return (
    <div className={styles.part}>
      <h3>Held-out data at step {formatWhole(judgement.step)}</h3>
      <dl className={styles.numbers}>
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{formatFigure(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function tagsOf(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim().slice(0, 100));
  return [...new Set(tags.filter((tag) => tag !== ''))].slice(0, 20);
}
