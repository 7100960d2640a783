import { Ellipsis, FileDown, Pause, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { plural } from '../../core/formatNumber';
import type { SweepDefinition } from '../../runs/sweepDefinition';
import { IconButton } from '../../editor/ui/IconButton';
import { trialCount } from '../../sweeps/trials';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Menu, MenuItem, MenuSeparator } from '../ui/Menu';
import { formatTimeLeft } from './formatTimeLeft';
import styles from './SweepList.module.css';
import { useSweeps, useSweepsActions } from './useSweeps';

const ICON = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;

interface SweepListProps {
  readonly sweeps: readonly SweepDefinition[];
  readonly chosen: string | null;
}

/** All sweeps with how far they are. */
export function SweepList({ sweeps, chosen }: SweepListProps) {
  return (
    <ul className={styles.list} aria-label="Sweeps">
      {sweeps.map((sweep) => (
        <Row key={sweep.id} sweep={sweep} isChosen={sweep.id === chosen} />
      ))}
    </ul>
  );
}

function Row({ sweep, isChosen }: { sweep: SweepDefinition; isChosen: boolean }) {
  const actions = useSweepsActions();
  const { id, name } = sweep;
  const finished = useSweeps(({ runs }) => runs.get(id)?.length ?? 0);
  const progress = useSweeps((state) => state.progress.get(id) ?? null);
  const isElsewhere = useSweeps(({ elsewhere }) => elsewhere.has(id));
  const [isDeleting, setDeleting] = useState(false);
  const total = trialCount(sweep);
  const isDone = finished >= total;
  const part = (finished + (progress?.underWay ?? 0)) / total;
  const words =
    progress !== null
      ? `${plural(progress.workers, 'worker')}${progress.left === null ? '' : `, ${formatTimeLeft(progress.left)} left`}`
      : isDone
        ? 'done'
        : isElsewhere
          ? 'running in another tab'
          : 'at rest';
  return (
    <li className={styles.row} data-chosen={isChosen} data-testid="sweep-row">
      <button
        type="button"
        className={styles.name}
        aria-pressed={isChosen}
        onClick={() => actions.choose(id)}
      >
        <span className={styles.title}>{name}</span>
        <span className={styles.facts}>
          {finished} of {plural(total, 'trial')} · {words}
        </span>
        <span
          className={styles.track}
          role="progressbar"
          aria-label={`Progress of ${name}`}
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={finished}
        >
          <span style={{ width: `${Math.min(100, part * 100)}%` }} />
        </span>
      </button>
      {!isDone && !isElsewhere && (
        <IconButton
          label={progress === null ? `Run on ${name}` : `Pause ${name}`}
          onClick={() => (progress === null ? actions.resume(id) : actions.pause(id))}
        >
          {progress === null ? <Play {...ICON} /> : <Pause {...ICON} />}
        </IconButton>
      )}
      <Menu
        align="end"
        trigger={
          <IconButton label={`Actions of ${name}`}>
            <Ellipsis {...ICON} />
          </IconButton>
        }
      >
        <MenuItem
          icon={<FileDown {...ICON} />}
          disabled={finished === 0}
          onSelect={() => actions.save(id)}
        >
          Export its runs
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 {...ICON} />} onSelect={() => setDeleting(true)}>
          Delete…
        </MenuItem>
      </Menu>
      {isDeleting && (
        <Dialog
          title={`Delete “${name}”?`}
          description={`Its ${plural(finished, 'run')} can stay in the list of runs.`}
          width={440}
          onClose={() => setDeleting(false)}
          actions={
            <>
              <Button onClick={() => actions.remove(id, false)}>Delete, keep the runs</Button>
              <Button kind="danger" onClick={() => actions.remove(id, true)}>
                Delete with its runs
              </Button>
            </>
          }
        />
      )}
    </li>
  );
}
