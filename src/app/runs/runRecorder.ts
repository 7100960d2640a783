import type { Diagnostic } from '../../core/diagnostic';
import { newId } from '../../core/newId';
import { sameJson } from '../../document/canonical';
import type { BasinDocument } from '../../document/schema';
import type { EngineInfo } from '../../engine/engine';
import type { ProbeReport } from '../../probing/report';
import { finalNumbers } from '../../runs/finalNumbers';
import { MetricHistory, type Rows } from '../../runs/metricHistory';
import { runGroup } from '../../runs/runGroup';
import { seriesOf } from '../../runs/seriesOf';
import type { RunStatus } from '../../runs/runRecord';
import type { SessionState } from '../../training/sessionState';
import type { RunArchive, RunDraft } from '../persistence/runArchive';
import type { ObservedSession, RunObserver } from '../run/runObserver';
import { recordingOf, takeUpdate, type Recording } from './recording';
import type { RunLeases } from './runLeases';

/** Buckets of a recorded curve: a run of 10⁸ steps takes no more room than one of 4096. */
const CURVE_CAPACITY = 4096;
/** A tab that is closed loses at most this much of a curve. */
const WRITE_INTERVAL_MS = 1000;
/** After a failure the browser is not asked again at once. */
const RETRY_INTERVAL_MS = 10_000;
/** A tab that is closed loses at most this much of the weights, unless they take long to keep. */
const CHECKPOINT_INTERVAL_MS = 4000;
/** Keeping the state takes at most this part of the time. */
const CHECKPOINT_SHARE = 1 / 25;
/** Whoever closes a run does not wait longer for its state. */
const CLOSING_MS = 3000;

export interface RunRecorderOptions {
  readonly archive: RunArchive;
  readonly leases: RunLeases;
  /** The archive takes nothing, or takes it again: null. */
  onFault(fault: Diagnostic | null): void;
  /** The archive has the run as it is by now. */
  onKept?(run: Pick<RunDraft, 'id' | 'status'>): void;
  readonly now?: () => number;
  /** Calls the task after so many milliseconds, once; returns how to call it off. Must work in a hidden tab. */
  readonly later?: (task: () => void, milliseconds: number) => () => void;
  readonly newId?: () => string;
}

/** A run of the archive that is gone on with. */
interface AdoptedRun {
  readonly record: RunDraft;
  readonly history: MetricHistory;
  readonly reportSteps: readonly number[];
}

/**
 * Keeps every run in the archive while it goes on: the curve each second, the whole state every few seconds. What cannot be kept does
 * not disturb the run; it is tried again.
 */
export class RunRecorder implements RunObserver {
  private recording: Recording | null = null;
  private engineInfo: EngineInfo | null = null;
  /** The last session: a run that is reset begins anew in it. */
  private session: ObservedSession | null = null;
  /** A run of the archive that the next session goes on with. */
  private adopted: AdoptedRun | null = null;
  /** Where the weights are from that the next run begins with. */
  private parent: RunDraft['parent'] = null;
  /** The report on the weights that the session begins with. */
  private untrained: ProbeReport | null = null;
  private status: RunStatus = 'running';
  private cancelWrite: (() => void) | null = null;
  private queue: Promise<void> = Promise.resolve();
  private hasFault = false;
  private readonly now: () => number;
  private readonly later: NonNullable<RunRecorderOptions['later']>;
  private readonly newId: () => string;

  constructor(private readonly options: RunRecorderOptions) {
    this.now = options.now ?? (() => Date.now());
    this.later = options.later ?? laterBy;
    this.newId = options.newId ?? newId;
  }

  /** The run that is being recorded. */
  get currentId(): string | null {
    return this.recording?.draft.id ?? null;
  }

  /** Goes on with a run of the archive when its session is opened next; this tab holds it already. */
  adopt(record: RunDraft, history: MetricHistory, reportSteps: readonly number[]): void {
    this.finish();
    this.adopted = { record, history, reportSteps };
  }

  opened(session: ObservedSession): void {
    const { recording, adopted } = this;
    this.session = session;
    this.adopted = null;
    this.untrained = null;
    if (adopted !== null && adopted.record.id === session.recordId) {
      const { record, history, reportSteps } = adopted;
      this.recording = recordingOf(session, record, history, this.firstCheckpoint(), reportSteps);
      return;
    }
    const goesOn =
      recording !== null &&
      session.startStep > 0 &&
      sameJson(recording.draft.document, session.document);
    if (goesOn) {
      // The same run on another engine.
      recording.session = session;
      return;
    }
    const parentId = session.parentId ?? recording?.draft.id ?? null;
    const hasParent = session.startStep > 0 && parentId !== null;
    const kept = session.kept === null ? {} : { kept: session.kept };
    const parent = hasParent ? { id: parentId, step: session.startStep, ...kept } : null;
    this.finish();
    this.parent = parent;
  }

  engine(info: EngineInfo): void {
    this.engineInfo = info;
    this.amend({ engine: engineOf(info) });
  }

  metrics(rows: Rows): void {
    if (rows.rows === 0) return;
    const recording = (this.recording ??= this.begin(rows.firstStep));
    if (recording === null) return;
    recording.history.append(rows);
    recording.dirtyStep = Math.min(recording.dirtyStep, rows.firstStep);
    this.amend({ step: recording.history.nextStep });
    const isDue = this.now() >= recording.checkpointDue;
    if (isDue && recording.draft.status === 'running') void this.checkpoint(recording);
  }

  state(state: SessionState, step: number, totalSteps: number): void {
    const { recording } = this;
    const status = STATUSES[state];
    if (status !== null) this.status = status;
    if (recording === null) return;
    // What stopped it is past once it goes on.
    const past = status === 'running' ? { fault: null } : {};
    this.amend({ step, totalSteps, ...past, ...(status === null ? {} : { status }) });
    if (state === 'paused' || state === 'done' || state === 'failed') {
      void this.checkpoint(recording).then(() => this.writeNow(recording));
    }
  }

  judged(report: ProbeReport): void {
    const { recording } = this;
    const { step, verdict, reason } = report;
    // The model is looked at before its first step, and that is no run yet.
    if (step === 0) this.untrained = report;
    if (recording === null) return;
    if (step > 0) {
      this.amend({ judgement: { step, verdict, reason }, numbers: finalNumbers(report) });
    }
    const isLast = recording.draft.status !== 'running';
    const { isKept, dropped } = recording.keptReports.offer(report, this.now(), isLast);
    if (!isKept) return;
    recording.droppedReports.push(...dropped);
    recording.reports.push(report);
  }

  changed(document: BasinDocument, isOnTheWay: boolean): void {
    if (this.session !== null) this.session = { ...this.session, document };
    this.amend({ document, ...(isOnTheWay ? { reproducible: false } : {}) });
  }

  fault(message: string): void {
    this.amend({ fault: message });
  }

  restarted(): void {
    this.finish();
    this.parent = null;
  }

  async beforeClose(): Promise<void> {
    const { recording } = this;
    if (recording === null) return;
    await Promise.race([
      this.checkpoint(recording),
      new Promise<void>((resolve) => void this.later(resolve, CLOSING_MS)),
    ]);
  }

  closed(): void {
    this.finish();
    this.session = null;
  }

  /** Writes what there is: the page may go. */
  flush(): Promise<void> {
    return this.writeNow();
  }

  private begin(firstStep: number): Recording | null {
    const { session, engineInfo } = this;
    if (session === null) return null;
    const { document, analysis } = session;
    const now = Date.now();
    const engine = engineInfo === null ? null : engineOf(engineInfo);
    const id = this.newId();
    void this.options.leases.hold(id);
    const history = new MetricHistory(CURVE_CAPACITY);
    const draft: RunDraft = {
      id,
      name: document.title,
      tags: [],
      starred: false,
      created: now,
      updated: now,
      status: this.status,
      document,
      group: runGroup(document, engine?.name ?? null),
      engine,
      step: firstStep,
      totalSteps: document.training.steps,
      trainedFrom: session.trainedFrom,
      reproducible: session.reproducible,
      series: seriesOf(analysis),
      curve: history.head,
      judgement: null,
      numbers: {},
      checkpoint: null,
      parent: this.parent,
      trial: null,
      fault: null,
    };
    const recording = recordingOf(session, draft, history, this.firstCheckpoint());
    recording.isKept = false;
    const { untrained } = this;
    if (firstStep === 0 && untrained !== null) {
      recording.keptReports.offer(untrained, -Infinity, true);
      recording.reports.push(untrained);
    }
    return recording;
  }

  private firstCheckpoint(): number {
    return this.now() + CHECKPOINT_INTERVAL_MS;
  }

  private amend(changes: Partial<RunDraft>): void {
    const { recording } = this;
    if (recording === null) return;
    const engine = changes.engine;
    const document = changes.document ?? recording.draft.document;
    const regrouped =
      engine === undefined && changes.document === undefined
        ? {}
        : { group: runGroup(document, (engine ?? recording.draft.engine)?.name ?? null) };
    recording.draft = { ...recording.draft, ...changes, ...regrouped };
    recording.isDirty = true;
    this.cancelWrite ??= this.later(() => void this.writeNow(), WRITE_INTERVAL_MS);
  }

  /** Asks for the whole state, unless it is had already; it is written with the next write. */
  private checkpoint(recording: Recording): Promise<void> {
    if (recording.takingSnapshot !== null) return recording.takingSnapshot;
    if (recording.checkpointStep === recording.draft.step) return Promise.resolve();
    const asked = this.now();
    const taking = recording.session
      .takeSnapshot()
      .then(
        (snapshot) => {
          const bytes = [...snapshot.state.values()].reduce(
            (sum, { byteLength }) => sum + byteLength,
            0,
          );
          const info = { step: snapshot.step, bytes, isWhole: true };
          recording.checkpoint = { info, snapshot };
          recording.checkpointStep = snapshot.step;
          recording.isDirty = true;
        },
        // The session is gone, or its worker died: the checkpoint before is the last.
        () => undefined,
      )
      .finally(() => {
        const took = this.now() - asked;
        recording.checkpointDue =
          this.now() + Math.max(CHECKPOINT_INTERVAL_MS, took / CHECKPOINT_SHARE);
        recording.takingSnapshot = null;
      });
    recording.takingSnapshot = taking;
    return taking;
  }

  /** The recording ends; what has come of it is written. */
  private finish(): void {
    const { recording } = this;
    if (recording === null) return;
    const { status } = recording.draft;
    const ended: RunStatus = status === 'running' || status === 'paused' ? 'stopped' : status;
    this.amend({ status: ended });
    void this.writeNow().then(() => this.options.leases.release(recording.draft.id));
    this.recording = null;
  }

  private writeNow(recording = this.recording): Promise<void> {
    this.cancelWrite?.();
    this.cancelWrite = null;
    if (recording === null) return this.queue;
    this.queue = this.queue.then(() => this.write(recording));
    return this.queue;
  }

  private async write(recording: Recording): Promise<void> {
    if (!recording.isDirty) return;
    const { update, putBack } = takeUpdate(recording);
    const kept = await this.options.archive.keep(update);
    if (!kept.ok) {
      putBack();
      this.cancelWrite?.();
      this.cancelWrite = this.later(() => void this.writeNow(recording), RETRY_INTERVAL_MS);
    } else if (kept.value === 'removed') {
      this.drop(recording);
    } else {
      recording.isKept = true;
      recording.keptHead = update.record.curve;
      this.options.onKept?.(update.record);
    }
    this.tell(kept.ok ? null : (kept.diagnostics[0] ?? null));
  }

  /** The user has deleted the run that is being recorded: what comes of it is not kept. */
  private drop(recording: Recording): void {
    if (this.recording === recording) {
      this.recording = null;
      this.session = null;
    }
    this.options.leases.release(recording.draft.id);
  }

  private tell(fault: Diagnostic | null): void {
    if (fault === null && !this.hasFault) return;
    this.hasFault = fault !== null;
    this.options.onFault(fault);
  }
}

/** What a state of a session makes of the run; null: nothing. */
const STATUSES: Readonly<Record<SessionState, RunStatus | null>> = {
  idle: null,
  compiling: null,
  paused: 'paused',
  running: 'running',
  done: 'done',
  failed: 'failed',
  lost: null,
};

function engineOf({ name, badge, backend, description }: EngineInfo): RunDraft['engine'] {
  return { name, badge, backend, description };
}

function laterBy(task: () => void, milliseconds: number): () => void {
  const timer = setTimeout(task, milliseconds);
  return () => clearTimeout(timer);
}
