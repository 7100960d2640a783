import { FileUp, HardDrive, Layers, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { formatBytes, plural } from '../../core/formatNumber';
import type { RunRecord } from '../../runs/runRecord';
import { SelectField } from '../../editor/fields/SelectField';
import { SearchField } from '../../editor/ui/SearchField';
import { IconButton } from '../../editor/ui/IconButton';
import { Smoothing } from '../charts/Smoothing';
import { Menu, MenuItem, MenuSeparator, MenuText } from '../ui/Menu';
import { ConfirmDialog } from './ConfirmDialog';
import type { RunRow } from './runRows';
import styles from './RunsTools.module.css';
import { useRuns, useRunsActions } from './useRuns';

const ICON = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;

interface RunsToolsProps {
  /** All that are kept. */
  readonly runs: readonly RunRecord[];
  /** What is listed. */
  readonly rows: readonly RunRow[];
  /** What saves the curves. */
  readonly children: ReactNode;
}

/** How the curves are drawn, and where runs come from and go to. */
export function RunsTools({ runs, rows, children }: RunsToolsProps) {
  const actions = useRunsActions();
  const look = useRuns((state) => state.look);
  return (
    <div className={styles.tools}>
      <Smoothing value={look.smoothing} onChange={(smoothing) => actions.setLook({ smoothing })} />
      <button
        type="button"
        className={styles.toggle}
        aria-pressed={look.log}
        data-tip="Logarithmic scale"
        onClick={() => actions.setLook({ log: !look.log })}
      >
        Log
      </button>
      <IconButton label="Import runs" onClick={actions.load}>
        <FileUp {...ICON} />
      </IconButton>
      {children}
      <StorageMenu runs={runs} listed={rows.flatMap((row) => row.runs)} />
    </div>
  );
}

/** Which runs are listed, one by one or in groups, and which of their curves is drawn. */
export function RunsFilter({ metrics }: { metrics: readonly string[] }) {
  const actions = useRunsActions();
  const look = useRuns((state) => state.look);
  return (
    <div className={styles.filter}>
      {look.scope !== null && (
        <button
          type="button"
          className={styles.toggle}
          aria-pressed
          data-tip="Show all runs again"
          onClick={() => actions.setLook({ scope: null })}
        >
          <span>{look.scope.title}</span> <X size={12} strokeWidth={2} aria-hidden />
        </button>
      )}
      <SearchField
        className={styles.search}
        label="Search runs"
        placeholder="Search, e.g. vicreg loss<0.5"
        tip={
          'Words of names, tags, verdicts and engines.\nNumbers: seed=1, loss<0.5, effectiveRank>8.\nAlso tag:word and is:starred.'
        }
        value={look.search}
        onChange={(search) => actions.setLook({ search })}
      />
      <button
        type="button"
        className={styles.toggle}
        aria-pressed={look.grouped}
        data-tip="Runs that differ in their seeds only become one: their mean, and the range around it"
        onClick={() => actions.setLook({ grouped: !look.grouped, hidden: new Set() })}
      >
        <Layers size={13} strokeWidth={1.75} aria-hidden /> Group seeds
      </button>
      <div className={styles.select}>
        <SelectField
          id="runs-metric"
          label="Curve"
          value={metrics.includes(look.metric) ? look.metric : (metrics[0] ?? look.metric)}
          options={metrics}
          titles={Object.fromEntries(metrics.map((label) => [label, label]))}
          onChange={(metric) => actions.setLook({ metric })}
        />
      </div>
    </div>
  );
}

interface Choice {
  readonly title: string;
  readonly action: string;
  readonly does: () => void;
}

/** How much room the runs take, and what can be cleared away. */
function StorageMenu({
  runs,
  listed,
}: {
  readonly runs: readonly RunRecord[];
  readonly listed: readonly RunRecord[];
}) {
  const actions = useRunsActions();
  const storage = useRuns((state) => state.storage);
  const [choice, setChoice] = useState<Choice | null>(null);
  const ids = (some: readonly RunRecord[]): string[] => some.map(({ id }) => id);
  const plain = runs.filter(({ starred }) => !starred);
  const heavy = plain.filter(({ checkpoint }) => checkpoint !== null);
  const weightBytes = heavy.reduce((sum, { checkpoint }) => sum + (checkpoint?.bytes ?? 0), 0);
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label="Storage and export">
            <HardDrive {...ICON} />
          </IconButton>
        }
      >
        <MenuText>
          {plural(runs.length, 'run')}.{' '}
          {storage === null
            ? 'The browser does not say how much room there is.'
            : `The page uses ${formatBytes(storage.usage)} of ${formatBytes(storage.quota)} that the browser gives it.`}
        </MenuText>
        <MenuSeparator />
        <MenuItem disabled={listed.length === 0} onSelect={() => actions.save(ids(listed))}>
          Export what is listed
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          disabled={heavy.length === 0}
          hint={formatBytes(weightBytes)}
          onSelect={() =>
            setChoice({
              title: `Delete the weights of ${plural(heavy.length, 'run')}?`,
              action: 'Delete the weights',
              does: () => actions.removeWeights(ids(heavy)),
            })
          }
        >
          Delete weights of runs without a star…
        </MenuItem>
        <MenuItem
          disabled={plain.length === 0}
          onSelect={() =>
            setChoice({
              title: `Delete ${plural(plain.length, 'run')} without a star?`,
              action: 'Delete',
              does: () => actions.remove(ids(plain)),
            })
          }
        >
          Delete runs without a star…
        </MenuItem>
        <MenuItem
          disabled={listed.length === 0}
          onSelect={() =>
            setChoice({
              title: `Delete the ${plural(listed.length, 'run')} that are listed?`,
              action: 'Delete',
              does: () => actions.remove(ids(listed)),
            })
          }
        >
          Delete what is listed…
        </MenuItem>
      </Menu>
      {choice !== null && (
        <ConfirmDialog
          title={choice.title}
          description="This cannot be taken back. Export what you want to keep."
          action={choice.action}
          onConfirm={choice.does}
          onClose={() => setChoice(null)}
        />
      )}
    </>
  );
}
