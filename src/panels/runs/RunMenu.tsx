import { Ellipsis, FileDown, FileInput, Play, Trash2, Weight } from 'lucide-react';
import { useState } from 'react';
import { plural } from '../../core/formatNumber';
import { canResume, type RunRecord } from '../../runs/runRecord';
import { IconButton } from '../../editor/ui/IconButton';
import { Menu, MenuItem, MenuSeparator } from '../ui/Menu';
import { ConfirmDialog } from './ConfirmDialog';
import { useRunsActions } from './useRuns';

const ICON = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** What can be done with a run, or with all runs of a group. */
export function RunMenu({ runs }: { runs: readonly RunRecord[] }) {
  const actions = useRunsActions();
  const [isDeleting, setDeleting] = useState(false);
  const [first] = runs;
  if (first === undefined) return null;
  const ids = runs.map(({ id }) => id);
  const isOne = runs.length === 1;
  const what = isOne ? `“${first.name}”` : plural(runs.length, 'run');
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label={`Actions of ${what}`}>
            <Ellipsis {...ICON} />
          </IconButton>
        }
      >
        {isOne && (
          <>
            <MenuItem
              icon={<Play {...ICON} />}
              disabled={!canResume(first)}
              onSelect={() => actions.resume(first.id)}
            >
              Resume
            </MenuItem>
            <MenuItem icon={<FileInput {...ICON} />} onSelect={() => actions.openGraph(first.id)}>
              Open its graph
            </MenuItem>
            <MenuItem
              icon={<Weight {...ICON} />}
              disabled={!canResume(first)}
              onSelect={() => actions.openWeights(first.id)}
            >
              Open its graph with its weights
            </MenuItem>
            <MenuSeparator />
          </>
        )}
        <MenuItem icon={<FileDown {...ICON} />} onSelect={() => actions.save(ids)}>
          Export
        </MenuItem>
        <MenuItem icon={<Trash2 {...ICON} />} onSelect={() => setDeleting(true)}>
          Delete…
        </MenuItem>
      </Menu>
      {isDeleting && (
        <ConfirmDialog
          title={`Delete ${what}?`}
          description="Curves, reports and weights are removed from this browser for good."
          action="Delete"
          onConfirm={() => actions.remove(ids)}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  );
}
