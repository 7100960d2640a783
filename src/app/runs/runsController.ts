import { formatWhole } from '../../core/formatNumber';
import type { Diagnostic } from '../../core/diagnostic';
import type { Result } from '../../core/result';
import { sameJson } from '../../document/canonical';
import type { BasinDocument } from '../../document/schema';
import type { EditorStore } from '../../editor/store/editorState';
import type { RunStore } from '../../panels/run/runStore';
import type { RunsActions, RunsLook, RunsStore } from '../../panels/runs/runsStore';
import type { ProbeReport } from '../../probing/report';
import type { MetricHistory } from '../../runs/metricHistory';
import type { RunRecord } from '../../runs/runRecord';
import type { DocumentController } from '../documents/documentController';
import type { ArchiveChange, RunArchive } from '../persistence/runArchive';
import type { RunController } from '../run/runController';
import { RunFaults } from './runFaults';
import type { RunLeases } from './runLeases';
import type { RunRecorder } from './runRecorder';
import { RunTransfer, type RunFileSource } from './runTransfer';
import { ShownRuns } from './shownRuns';

/** While the list is looked at, it is asked this often which runs some tab records. */
const LEASE_INTERVAL_MS = 2000;
/** After changes the browser is asked how much room they take. */
const STORAGE_DELAY_MS = 1000;

export interface RunsControllerOptions {
  readonly editor: EditorStore;
  readonly run: RunStore;
  readonly runs: RunsStore;
  readonly archive: RunArchive;
  readonly leases: RunLeases;
  readonly recorder: Pick<RunRecorder, 'adopt' | 'currentId' | 'flush'>;
  readonly controller: Pick<RunController, 'resume' | 'toggle'>;
  readonly documents: Pick<DocumentController, 'open'>;
  /** Undefined where the browser does not say. */
  readonly estimate: (() => Promise<StorageEstimate>) | undefined;
  /** Asks for a file with one of these endings. */
  chooseFile(endings: readonly string[], open: (file: RunFileSource) => void): void;
  say(message: string): void;
}

/** The runs of the archive: lists them, reads what is drawn, and takes them up again. */
export class RunsController implements RunsActions {
  private watchers = 0;
  private storageDue = false;
  private readonly faults: RunFaults;
  private readonly transfer: RunTransfer;
  private readonly curves: ShownRuns<MetricHistory>;
  private readonly reports: ShownRuns<readonly ProbeReport[]>;

  constructor(private readonly options: RunsControllerOptions) {
    const { runs, archive } = options;
    const faults = new RunFaults(runs);
    this.faults = faults;
    this.transfer = new RunTransfer({ ...options, faults });
    this.curves = new ShownRuns({
      runs,
      faults,
      read: (id) => archive.history(id),
      take: (curves) => runs.setState({ curves }),
    });
    this.reports = new ShownRuns({
      runs,
      faults,
      read: (id) => archive.reports(id),
      take: (reports) => runs.setState({ reports }),
    });
    archive.subscribe((change) => this.heard(change));
  }

  watch = (): (() => void) => {
    if (++this.watchers === 1) void this.refresh();
    const timer = setInterval(() => void this.lookForRecorders(), LEASE_INTERVAL_MS);
    return () => {
      this.watchers--;
      clearInterval(timer);
    };
  };

  listed = async (): Promise<readonly RunRecord[]> => {
    if (this.runs.getState().runs === null) {
      const runs = this.faults.value(await this.options.archive.list());
      if (runs !== null) this.runs.setState({ runs });
    }
    return this.runs.getState().runs ?? [];
  };

  want = (ids: readonly string[]): void => {
    this.curves.want(ids);
  };

  wantReports = (ids: readonly string[]): void => {
    this.reports.want(ids);
  };

  setLook = (look: Partial<RunsLook>): void => {
    this.runs.setState((state) => ({ look: { ...state.look, ...look } }));
  };

  choose = (chosen: string | null): void => this.runs.setState({ chosen });

  change: RunsActions['change'] = (id, change) => {
    void this.tellOf(this.options.archive.change(id, change));
  };

  remove = (ids: readonly string[]): void => {
    void this.tellOf(this.options.archive.remove(ids));
  };

  removeWeights = (ids: readonly string[]): void => {
    void this.tellOf(this.options.archive.removeStates(ids));
  };

  resume = (id: string): void => {
    void this.faults.attempt('The run cannot go on', () => this.goOn(id));
  };

  openGraph = (id: string): void => {
    void this.faults.attempt('The graph cannot be opened', async () => {
      const record = await this.findKept(id);
      if (record !== null)
        await this.openDocument(record.document, `the graph of “${record.name}”`);
    });
  };

  openWeights = (id: string): void => {
    void this.faults.attempt('The weights cannot be opened', async () => {
      const record = await this.findKept(id);
      const snapshot = record && (await this.snapshotOf(record));
      if (record === null || snapshot === null) return;
      await this.openDocument(record.document, `“${record.name}” with its weights`);
      const { trainedFrom } = record;
      const kept = { history: null, reports: [], reproducible: false, trainedFrom, snapshot };
      await this.options.controller.resume({ ...kept, recordId: null, parentId: id }, 'rest');
    });
  };

  save = (ids: readonly string[]): void => void this.transfer.save(ids);

  load = (): void => {
    this.options.chooseFile(['.zip'], (file) => void this.openFile(file));
  };

  /** Takes in the runs of a file. */
  openFile(file: RunFileSource): Promise<void> {
    return this.transfer.takeIn(file);
  }

  dismissFault = (): void => this.runs.setState({ fault: null });

  /** The archive takes no runs, or takes them again: null. */
  tell = (fault: Diagnostic | null): void => this.faults.tell(fault);

  private get runs(): RunsStore {
    return this.options.runs;
  }

  private find(id: string): RunRecord | null {
    return this.runs.getState().runs?.find((run) => run.id === id) ?? null;
  }

  /** As `find`, also before anybody has looked at the list. */
  private async findKept(id: string): Promise<RunRecord | null> {
    await this.listed();
    return this.find(id);
  }

  private async refresh(): Promise<void> {
    const runs = this.faults.value(await this.options.archive.list());
    if (runs !== null) this.runs.setState({ runs });
    await this.lookForRecorders();
    await this.lookForRoom();
    this.catchUp();
  }

  private catchUp(): void {
    void this.curves.catchUp();
    void this.reports.catchUp();
  }

  private async lookForRecorders(): Promise<void> {
    const recorded = await this.options.leases.held().catch(() => null);
    const { recorded: before } = this.runs.getState();
    const isSame =
      recorded !== null &&
      before?.size === recorded.size &&
      [...recorded].every((id) => before.has(id));
    if (!isSame) this.runs.setState({ recorded });
  }

  private async lookForRoom(): Promise<void> {
    const { usage, quota } = (await this.options.estimate?.().catch(() => null)) ?? {};
    const isKnown = usage !== undefined && quota !== undefined;
    this.runs.setState({ storage: isKnown ? { usage, quota } : null });
  }

  private heard(change: ArchiveChange): void {
    const { runs } = this.runs.getState();
    // Nobody has looked yet: the list is read when somebody does.
    if (runs === null || change.kind === 'sweeps') return;
    if (change.kind === 'removed') {
      const gone = new Set(change.ids);
      this.runs.setState(({ chosen }) => ({
        runs: runs.filter(({ id }) => !gone.has(id)),
        ...(chosen !== null && gone.has(chosen) ? { chosen: null } : {}),
      }));
    } else {
      const { record } = change;
      const isKnown = runs.some(({ id }) => id === record.id);
      const next = isKnown
        ? runs.map((run) => (run.id === record.id ? record : run))
        : [record, ...runs].sort((a, b) => b.created - a.created || b.ordinal - a.ordinal);
      this.runs.setState({ runs: next });
      if (!isKnown) void this.lookForRecorders();
    }
    if (this.watchers === 0) return;
    this.catchUp();
    if (this.storageDue) return;
    this.storageDue = true;
    setTimeout(() => {
      this.storageDue = false;
      void this.lookForRoom();
    }, STORAGE_DELAY_MS);
  }

  private async goOn(id: string): Promise<void> {
    const { recorder, leases, archive, controller, run } = this.options;
    const record = await this.findKept(id);
    if (record === null) return;
    if (recorder.currentId === id) {
      if (run.getState().state !== 'running') controller.toggle();
      return;
    }
    if ((await leases.held())?.has(id) === true) return this.tell(inUse(record));
    const snapshot = await this.snapshotOf(record);
    const history = this.faults.value(await archive.history(id));
    const reports = this.faults.value(await archive.reports(id));
    if (snapshot === null || history === null || reports === null) return;
    await this.openDocument(record.document, null);
    // What was recorded last may be this very run: it is let go of first.
    await recorder.flush();
    if (!(await leases.hold(id))) return this.tell(inUse(record));
    recorder.adopt(
      record,
      history,
      reports.map(({ step }) => step),
    );
    const { trainedFrom, reproducible } = record;
    const kept = { snapshot, history, reports, trainedFrom, reproducible };
    await controller.resume({ ...kept, recordId: id, parentId: null }, 'run');
    this.options.say(`“${record.name}” goes on from step ${formatWhole(snapshot.step)}.`);
  }

  private async snapshotOf({ id, name, checkpoint }: RunRecord) {
    const state = this.faults.value(await this.options.archive.state(id));
    if (state !== null && checkpoint !== null) return { step: checkpoint.step, state };
    this.tell({
      code: 'storage.missing',
      severity: 'warning',
      message: `The weights of “${name}” are not kept any more, so it cannot go on.`,
      hint: 'Open its graph and run it anew: the same graph and seed give the same run.',
    });
    return null;
  }

  /** As a document of its own, unless it is open already; `what` is said of it. */
  private async openDocument(document: BasinDocument, what: string | null): Promise<void> {
    const { editor, documents, say } = this.options;
    const open = editor.getState().document;
    if (sameJson(open, document)) return;
    await documents.open(document, 'run');
    if (what !== null) say(`Opened ${what}. “${open.title}” is kept among your documents.`);
  }

  private async tellOf(action: Promise<Result<unknown>>): Promise<void> {
    this.faults.value(await action);
  }
}

function inUse({ name }: RunRecord): Diagnostic {
  return {
    code: 'runs.in-use',
    severity: 'warning',
    message: `“${name}” is going on in another tab.`,
    hint: 'Stop it there, or open its graph here and run it anew.',
  };
}
