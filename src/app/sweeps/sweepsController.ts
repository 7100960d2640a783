import type { Diagnostic } from '../../core/diagnostic';
import { newId } from '../../core/newId';
import type { Result } from '../../core/result';
import type { EditorStore } from '../../editor/store/editorState';
import type { SweepPlan, SweepsActions, SweepsStore } from '../../panels/sweeps/sweepsStore';
import { curveChunks } from '../../runs/curveChunks';
import type { WholeRun } from '../../runs/runFile';
import type { RunRecord } from '../../runs/runRecord';
import { sweepSchema } from '../../runs/sweepDefinition';
import { trialCount } from '../../sweeps/trials';
import type { ArchiveChange, RunArchive } from '../persistence/runArchive';
import type { RunLeases } from '../runs/runLeases';
import { SweepRunner, type TrialPort } from './sweepRunner';

/** While somebody looks, other tabs are asked this often what they run. */
const LEASE_INTERVAL_MS = 2000;

export interface SweepsControllerOptions {
  readonly editor: EditorStore;
  readonly sweeps: SweepsStore;
  readonly archive: RunArchive;
  readonly leases: RunLeases;
  connect(): TrialPort;
  /** How many trials are trained at once. */
  readonly workers: number;
  /** Shows runs in the list of all runs. */
  showRuns(title: string, ids: readonly string[]): void;
  save(ids: readonly string[]): void;
  readonly newId?: () => string;
}

/** The sweeps of the archive: plans, runs, pauses and shows them. A sweep goes on where it was, whatever ended it. */
export class SweepsController implements SweepsActions {
  private readonly runners = new Map<string, SweepRunner>();
  private isListening = false;

  constructor(private readonly options: SweepsControllerOptions) {
    options.archive.subscribe((change) => this.heard(change));
  }

  watch = (): (() => void) => {
    void this.read();
    const timer = setInterval(() => void this.lookElsewhere(), LEASE_INTERVAL_MS);
    return () => clearInterval(timer);
  };

  plan = (planning: boolean): void => this.sweeps.setState({ planning });

  start = (plan: SweepPlan): void => {
    void this.begin(plan);
  };

  pause = (id: string): void => {
    this.runners.get(id)?.stop();
    this.ended(id, null);
  };

  resume = (id: string): void => {
    void this.run(id);
  };

  choose = (chosen: string | null): void => this.sweeps.setState({ chosen, planning: false });

  setMetric = (metric: string): void => this.sweeps.setState({ metric });

  remove = (id: string, withRuns: boolean): void => {
    this.pause(id);
    const { archive } = this.options;
    const ids = this.runsOf(id).map((run) => run.id);
    void (async () => {
      this.value(await archive.removeSweep(id));
      if (withRuns) this.value(await archive.remove(ids));
    })();
  };

  showRuns = (title: string, ids: readonly string[]): void => this.options.showRuns(title, ids);

  save = (id: string): void => this.options.save(this.runsOf(id).map((run) => run.id));

  dismissFault = (): void => this.sweeps.setState({ fault: null });

  private get sweeps(): SweepsStore {
    return this.options.sweeps;
  }

  private runsOf(sweepId: string): readonly RunRecord[] {
    return this.sweeps.getState().runs.get(sweepId) ?? [];
  }

  private async begin({ axes, seeds, steps, order, engine }: SweepPlan): Promise<void> {
    const { editor, archive } = this.options;
    editor.settle();
    const { document } = editor.getState();
    const checked = sweepSchema.safeParse({
      id: (this.options.newId ?? newId)(),
      name: axes
        .map(({ label }) => label)
        .join(' × ')
        .slice(0, 200),
      created: Date.now(),
      ...{ document, engine, steps, axes, seeds, order, trials: null },
    });
    if (!checked.success) {
      const [issue] = checked.error.issues;
      const message = `The sweep cannot be run: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`;
      return this.tell({ code: 'setting.unusable', severity: 'error', message });
    }
    const sweep = checked.data;
    const kept = await archive.keepSweep(sweep);
    this.value(kept);
    if (!kept.ok) return;
    this.sweeps.setState(({ sweeps }) => ({
      sweeps: [sweep, ...(sweeps ?? []).filter(({ id }) => id !== sweep.id)],
      chosen: sweep.id,
      planning: false,
    }));
    await this.run(sweep.id);
  }

  private async run(id: string): Promise<void> {
    const { archive, leases, connect, workers, editor } = this.options;
    const sweep = this.sweeps.getState().sweeps?.find((one) => one.id === id);
    if (sweep === undefined || this.runners.has(id)) return;
    if (!(await leases.hold(leaseOf(id)))) {
      return this.tell({
        code: 'runs.in-use',
        severity: 'warning',
        message: `“${sweep.name}” is being run in another tab.`,
      });
    }
    await this.readRuns();
    const finished = new Set(this.runsOf(id).flatMap(({ trial }) => trial?.trial ?? []));
    const runner = new SweepRunner({
      sweep,
      registry: editor.registry,
      finished,
      workers,
      connect,
      keep: async (run) => this.value(await keepRun(archive, run)) !== null,
      onProgress: () => this.showProgress(id),
      onEnd: (fault) => this.ended(id, fault),
    });
    this.runners.set(id, runner);
    runner.start();
    this.showProgress(id);
    if (finished.size >= trialCount(sweep)) this.ended(id, null);
  }

  private showProgress(id: string): void {
    const runner = this.runners.get(id);
    if (runner === undefined) return;
    const { underWay, workers, timeLeft } = runner;
    this.sweeps.setState(({ progress }) => ({
      progress: new Map([...progress, [id, { underWay, workers, left: timeLeft }]]),
    }));
  }

  private ended(id: string, fault: Diagnostic | null): void {
    if (!this.runners.delete(id)) return;
    this.options.leases.release(leaseOf(id));
    this.sweeps.setState(({ progress }) => ({
      progress: new Map([...progress].filter(([other]) => other !== id)),
      ...(fault === null ? {} : { fault }),
    }));
  }

  /** All there is, once somebody looks. */
  private async read(): Promise<void> {
    const sweeps = this.value(await this.options.archive.sweeps());
    if (sweeps !== null) {
      this.sweeps.setState(({ chosen }) => ({
        sweeps,
        chosen: sweeps.some(({ id }) => id === chosen) ? chosen : (sweeps[0]?.id ?? null),
      }));
    }
    await this.readRuns();
    await this.lookElsewhere();
  }

  private async readRuns(): Promise<void> {
    const runs = this.value(await this.options.archive.list());
    if (runs === null) return;
    this.isListening = true;
    const bySweep = new Map<string, RunRecord[]>();
    for (const run of runs) {
      if (run.trial === null) continue;
      const { sweepId } = run.trial;
      bySweep.set(sweepId, [...(bySweep.get(sweepId) ?? []), run]);
    }
    this.sweeps.setState({ runs: bySweep });
  }

  private async lookElsewhere(): Promise<void> {
    const held = (await this.options.leases.held().catch(() => null)) ?? new Set<string>();
    const ids = (this.sweeps.getState().sweeps ?? []).map(({ id }) => id);
    const elsewhere = ids.filter((id) => held.has(leaseOf(id)) && !this.runners.has(id));
    const { elsewhere: before } = this.sweeps.getState();
    const isSame = before.size === elsewhere.length && elsewhere.every((id) => before.has(id));
    if (!isSame) this.sweeps.setState({ elsewhere: new Set(elsewhere) });
  }

  private heard(change: ArchiveChange): void {
    if (!this.isListening) return;
    if (change.kind === 'sweeps') void this.read();
    else if (change.kind === 'removed') void this.readRuns();
    else if (change.record.trial !== null) this.place(change.record, change.record.trial.sweepId);
  }

  private place(record: RunRecord, sweepId: string): void {
    this.sweeps.setState(({ runs }) => {
      const others = (runs.get(sweepId) ?? []).filter(({ id }) => id !== record.id);
      return { runs: new Map([...runs, [sweepId, [...others, record]]]) };
    });
  }

  private tell(fault: Diagnostic): void {
    this.sweeps.setState({ fault });
  }

  private value<T>(result: Result<T>): T | null {
    const [fault] = result.diagnostics;
    if (fault !== undefined) this.tell(fault);
    return result.ok ? result.value : null;
  }
}

const leaseOf = (sweepId: string): string => `sweep-${sweepId}`;

function keepRun(
  archive: RunArchive,
  { record, history, reports, state }: WholeRun,
): ReturnType<RunArchive['keep']> {
  const { checkpoint } = record;
  return archive.keep({
    record: { ...record, updated: Date.now() },
    isNew: true,
    chunks: curveChunks(history, 0),
    replacesCurve: true,
    reports,
    droppedReports: [],
    checkpoint: state !== null && checkpoint !== null ? { info: checkpoint, state } : null,
  });
}
