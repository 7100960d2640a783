import { formatWhole } from '../../core/formatNumber';
import type { RunRecord } from '../../runs/runRecord';
import { tellNotice } from '../page/notices';
import type { PageStore } from '../page/pageStore';
import type { Preferences } from '../preferences';
import type { RunDraft } from '../persistence/runArchive';
import type { RunLeases } from './runLeases';

/** The id of the run that is going on in this tab. */
const GOING_ON = 'runGoingOn';

/** Remembers which run is going on, for the next visit to tell that it was interrupted. */
export function noteRun(preferences: Preferences, run: Pick<RunDraft, 'id' | 'status'>): void {
  if (run.status === 'running') preferences.set(GOING_ON, run.id);
  else if (preferences.get(GOING_ON) === run.id) preferences.set(GOING_ON, null);
}

export interface InterruptedRunOptions {
  readonly page: PageStore;
  readonly preferences: Preferences;
  readonly leases: Pick<RunLeases, 'held'>;
  readonly runs: {
    listed(): Promise<readonly RunRecord[]>;
    resume(id: string): void;
  };
  showRun(id: string): void;
}

/** Says once that a run was going on when the page went, what is kept of it, and how it goes on. */
export async function tellInterrupted(options: InterruptedRunOptions): Promise<void> {
  const { page, preferences, leases, runs, showRun } = options;
  const id = preferences.get(GOING_ON);
  if (id === null) return;
  const record = (await runs.listed()).find((run) => run.id === id);
  const held = await leases.held().catch(() => null);
  // Another tab has it.
  if (held?.has(id) === true) return;
  preferences.set(GOING_ON, null);
  if (record?.status !== 'running') return;
  const { name, checkpoint } = record;
  const curve = `its curve up to step ${formatWhole(record.step)}`;
  const from = checkpoint && formatWhole(checkpoint.step);
  tellNotice(page, {
    id: 'interrupted-run',
    severity: 'info',
    message: `“${name}” was training when the page went.`,
    hint: `Kept are ${curve}${from === null ? '.' : ` and its weights of step ${from}.`}`,
    actions: [
      { label: 'Show it among the runs', run: () => showRun(id) },
      ...(from === null ? [] : [{ label: `Go on from step ${from}`, run: () => runs.resume(id) }]),
    ],
  });
}
