import { formatWhole } from '../../core/formatNumber';
import type { Analysis } from '../../compiler/analysis/analysis';
import { stillTrains } from '../../compiler/programs/sameTrainingProgram';
import { hasErrors } from '../../core/diagnostic';
import type { EditorStore } from '../../editor/store/editorState';
import { EMPTY_RUN } from '../../panels/run/runStore';
import type { RunStore } from '../../panels/run/runStore';
import { carryOver } from '../../training/carryOver';
import { fatesSentence } from '../../training/moduleFates';
import type { SessionEvent, SessionState, Snapshot } from '../../training/sessionState';
import type { TaggedSessionEvent } from '../../../workers/protocol';
import { MetricPublisher, readingPace, type Later } from './metricPublisher';
import type { Intention, OpenSession } from './openSession';
import type { ConnectTrain, ProbePort, TrainPort } from './runPorts';
import type { KeptRun, RunObserver } from './runObserver';
import { RunProbes } from './runProbes';
import { failure, RunProblems, sameProblem } from './runProblems';
import { pastSchedule } from '../../training/scheduleNotes';
import { seriesOf } from '../../runs/seriesOf';

export interface RunSessionsOptions {
  readonly editor: EditorStore;
  readonly run: RunStore;
  readonly connectTrain: ConnectTrain;
  readonly probe: ProbePort;
  /** How often the page is told of new metrics. */
  readonly later?: Later;
  readonly newRunId?: () => string;
  /** A session has been opened for the graph as it is: judgements of earlier ones may not be of it. */
  onOpened(): void;
  /** A session is compiled, and about to do what was intended. */
  onReady(session: OpenSession): void;
  /** The newest weights of the open session; null once what was shown of a run is forgotten. */
  onModel?(model: Model | null): void;
  /** Keeps what comes of runs. */
  readonly observer?: RunObserver;
}

/** Of a run that goes on: what its snapshot does not say. */
type Origin = Pick<KeptRun, 'recordId' | 'parentId' | 'trainedFrom' | 'reproducible'>;

/** How a session is opened that is not the first of its run. */
interface Onward {
  readonly snapshot?: Snapshot;
  readonly origin?: Origin;
  /** What was kept of a run whose graph was another one. */
  readonly kept?: string;
}

/** Weights, and the session that they are of. */
export interface Model extends Pick<OpenSession, 'tag' | 'document' | 'analysis'> {
  readonly snapshot: Snapshot;
}

/** The sessions of the training worker, one at a time: opened, told what to do, and what they say brought to the page. */
export class RunSessions {
  readonly train: TrainPort;
  readonly problems: RunProblems;
  readonly probes: RunProbes;
  private session: OpenSession | null = null;
  private lastSnapshot: Snapshot | null = null;
  private runCount = 0;
  private readonly metrics: MetricPublisher;

  constructor(private readonly options: RunSessionsOptions) {
    const { run, editor, probe } = options;
    this.train = options.connectTrain((event) => this.receive(event));
    this.metrics = new MetricPublisher(run, editor.overlays, options.later ?? readingPace);
    this.problems = new RunProblems(run);
    this.probes = new RunProbes({
      run,
      probe,
      problems: this.problems,
      isOpen: (session) => this.session === session,
      labelOf: (nodeId) => editor.getState().analysis.graph.byId.get(nodeId)?.label ?? null,
      onReport: (report) => options.observer?.judged(report),
    });
  }

  /** The open session. */
  get current(): OpenSession | null {
    return this.session;
  }

  get documentSteps(): number {
    return this.editor.getState().document.training.steps;
  }

  private newRunId(): string {
    return this.options.newRunId?.() ?? `run${++this.runCount}`;
  }

  private get editor(): EditorStore {
    return this.options.editor;
  }

  private get run(): RunStore {
    return this.options.run;
  }

  /** Opens a session for the graph as it is; with `snapshot` the run goes on from there. */
  async open(intention: Intention, onward: Onward = {}): Promise<void> {
    const { snapshot, origin, kept = null } = onward;
    const analysis = this.editor.settle();
    if (hasErrors(analysis.diagnostics)) {
      return this.editor.reportFault(
        ...analysis.diagnostics.filter(({ severity }) => severity === 'error').slice(0, 1),
      );
    }
    const { document, revision } = this.editor.getState();
    const session: OpenSession = {
      tag: { runId: this.newRunId(), revision },
      document,
      analysis,
      startedFrom: snapshot,
      trainedFrom: origin?.trainedFrom ?? this.trainedFrom(analysis, snapshot),
      pace: document.training,
      intention,
      ready: false,
    };
    this.session = session;
    if (snapshot === undefined) this.clear();
    const { engineChoice: engine } = this.run.getState();
    const reproducible = origin?.reproducible ?? (snapshot === undefined || snapshot.step === 0);
    this.run.setState({
      state: 'compiling',
      step: snapshot?.step ?? 0,
      totalSteps: document.training.steps,
      stepsPerSecond: null,
      stale: false,
      reproducible,
      series: seriesOf(analysis),
      problems: [],
      divergence: null,
    });
    this.options.observer?.opened({
      document,
      analysis,
      startStep: snapshot?.step ?? 0,
      trainedFrom: session.trainedFrom,
      reproducible,
      recordId: origin?.recordId ?? null,
      parentId: origin?.parentId ?? null,
      kept,
      takeSnapshot: () => this.takeSnapshot(session),
    });
    if (kept !== null) this.tellKept(kept, snapshot?.step ?? 0);
    this.options.onOpened();
    await this.guard(() =>
      this.train.open({
        ...session.tag,
        document,
        engine,
        ...(snapshot === undefined ? {} : { snapshot }),
      }),
    );
  }

  /** Goes on with the graph as it is by now, and what still fits of the state of the session (`carryOver`). */
  async openWarm(intention: Intention): Promise<void> {
    const { session } = this;
    if (session === null) return this.open(intention);
    const snapshot = session.ready ? await this.train.snapshot() : session.startedFrom;
    if (this.session !== session) return;
    if (snapshot === undefined) return this.open(intention);
    const { state, fates } = carryOver(session.analysis, this.editor.settle(), snapshot.state);
    const kept = fatesSentence(fates, 'Kept');
    await this.open(intention, { snapshot: { step: snapshot.step, state }, kept });
  }

  /** Says on the page what was kept of the run, and where. */
  private tellKept(message: string, step: number): void {
    this.run.setState(({ edits }) => ({ edits: [...edits, { step, message }] }));
    this.problems.tell([
      {
        code: 'weights.kept',
        severity: 'info',
        message: `${message} The run goes on from step ${formatWhole(step)}.`,
        hint: 'Reset starts from the beginning.',
      },
    ]);
  }

  /** Goes on with a run that was kept, in the document that is open. */
  async resume(kept: KeptRun, intention: Intention): Promise<void> {
    this.forget();
    const { metrics, reports } = this.run.getState();
    if (kept.history !== null) {
      const { head } = kept.history;
      const columns = head.names.flatMap((name) => kept.history?.column(name) ?? []);
      if (head.length > 0) metrics.restore(head, columns);
    }
    for (const report of kept.reports) reports.add(report);
    this.run.setState(({ metricsVersion }) => ({ metricsVersion: metricsVersion + 1 }));
    await this.open(intention, { snapshot: kept.snapshot, origin: kept });
  }

  /** The whole state of a session, as long as it is the open one. */
  private async takeSnapshot(session: OpenSession): Promise<Snapshot> {
    const snapshot = this.session === session ? await this.train.snapshot() : null;
    if (snapshot === null || this.session !== session) throw new Error('The run has been closed.');
    return snapshot;
  }

  /** A run that goes on with the same program was trained before, too. */
  private trainedFrom(analysis: Analysis, snapshot: Snapshot | undefined): number {
    const { session } = this;
    if (snapshot === undefined) return 0;
    const goesOn = session !== null && stillTrains(session.analysis, analysis);
    return goesOn ? session.trainedFrom : snapshot.step;
  }

  /** The whole state between two steps, and what it was trained with, live values as they are; null without a run that is compiled. */
  async checkpoint(): Promise<Model | null> {
    const { session } = this;
    if (session === null || !session.ready) return null;
    const { tag, document: compiled, analysis } = session;
    const document = this.run.getState().stale ? compiled : this.editor.getState().document;
    const snapshot = await this.train.snapshot().catch(() => null);
    return snapshot && { tag, document, analysis, snapshot };
  }

  /** The weights as they are by now, whatever evaluations have seen of them; null while no run is under way. */
  glimpse(): Promise<Model | null> | null {
    const { session } = this;
    if (session === null || !this.isRunning(session)) return null;
    return this.train.glimpse().then((snapshot) => {
      if (snapshot === null || !this.isRunning(session)) return null;
      const { tag, document, analysis } = session;
      return { tag, document, analysis, snapshot };
    });
  }

  /** After a failure that the session cannot go on from: the same graph with the weights last seen. */
  reopen(session: OpenSession, intention: Intention): void {
    const seen = session.ready ? this.lastSnapshot : null;
    const snapshot = seen ?? session.startedFrom;
    void this.open(intention, snapshot === undefined ? {} : { snapshot });
  }

  /** A step that was not finite leaves the run where it was before; other failures leave nothing to go on with. */
  canGoOn(session: OpenSession): boolean {
    return session.ready && this.run.getState().divergence !== null;
  }

  /** Has the open session do what is intended. */
  carryOut(intention: Intention): void {
    const { session } = this;
    if (session === null || intention === 'rest') return;
    this.problems.overcome();
    void this.guard(async () => {
      const { state, step, totalSteps } = this.run.getState();
      if (state === 'done' || step >= totalSteps) {
        const more = typeof intention === 'number' ? intention : this.documentSteps;
        this.run.setState({ totalSteps: step + more });
        const past = pastSchedule(session.document.training, { from: step, to: step + more });
        if (past !== null) this.editor.reportFault(past);
        await this.train.setTotalSteps(step + more);
      }
      if (this.session !== session) return;
      await (intention === 'run' ? this.train.run() : this.train.step(intention));
    });
  }

  /** Compiling is not waited for any more. Weights that it was to go on with are still gone on with. */
  callOff(): void {
    const { session } = this;
    if (session === null || this.run.getState().state !== 'compiling') return;
    const seen = session.startedFrom;
    if (seen === undefined) {
      this.close();
      this.run.setState({ state: 'idle', stepsPerSecond: null, probing: false });
      return;
    }
    // What the worker may still say of it is nobody's.
    const tag = { ...session.tag, runId: this.newRunId() };
    this.session = { ...session, tag, ready: false, intention: 'rest' };
    this.run.setState({ state: 'paused', step: seen.step });
    this.train.close().catch(() => {
      // It is gone either way.
    });
  }

  /** Ends the open session; what it has shown stays. */
  close(): void {
    if (this.session === null) return;
    this.metrics.flush();
    this.options.observer?.closed();
    this.session = null;
    this.lastSnapshot = null;
    this.editor.overlays.setRunning(false);
    this.probes.cancel();
    this.train.close().catch(() => {
      // It is gone either way.
    });
  }

  /** Another document, or nothing that was shown is worth keeping. */
  forget(): void {
    this.close();
    this.clear();
    this.run.setState({ ...EMPTY_RUN, totalSteps: this.documentSteps, problems: [] });
  }

  /** Forgets what has been shown of a run. */
  clear(): void {
    const { metrics, reports } = this.run.getState();
    metrics.clear();
    reports.clear();
    this.editor.overlays.clear();
    this.options.onModel?.(null);
    this.run.setState(({ metricsVersion }) => ({
      metricsVersion: metricsVersion + 1,
      report: null,
      reportStale: false,
      reportBehind: false,
      divergence: null,
      edits: [],
    }));
  }

  /** A call that the worker did not survive ends the run with a message. */
  async guard(call: () => Promise<void>): Promise<void> {
    const { session } = this;
    try {
      await call();
    } catch (error) {
      if (this.session === null || (session !== null && this.session !== session)) return;
      this.session.ready = false;
      this.editor.overlays.setRunning(false);
      this.run.setState({ state: 'failed', stepsPerSecond: null });
      this.problems.tell([failure('The run stopped', error)]);
    }
  }

  private isRunning(session: OpenSession): boolean {
    return this.session === session && session.ready && this.run.getState().state === 'running';
  }

  private receive({ runId, event }: TaggedSessionEvent): void {
    const { session } = this;
    if (session === null || session.tag.runId !== runId) return;
    this.take(session, event);
  }

  private take(session: OpenSession, event: SessionEvent): void {
    const { observer } = this.options;
    switch (event.kind) {
      case 'state':
        this.enter(session, event.state, event.step);
        observer?.state(event.state, event.step, this.run.getState().totalSteps);
        return;
      case 'engine':
        this.run.setState({ engine: { ...event.info, reason: event.reason } });
        observer?.engine(event.info);
        return;
      case 'metrics':
        observer?.metrics(event.rows);
        return this.metrics.append(event.rows, event.stepsPerSecond);
      case 'snapshot':
        return this.judge(session, event.snapshot);
      case 'diagnostics':
        for (const { severity, message } of event.diagnostics) {
          if (severity === 'error') observer?.fault(message);
        }
        return this.problems.tell(
          event.diagnostics.filter(
            (found) => !session.analysis.diagnostics.some((known) => sameProblem(known, found)),
          ),
        );
    }
  }

  private enter(session: OpenSession, state: SessionState, step: number): void {
    this.metrics.flush();
    // The run was taken back: what is being judged is of a future that it may not have.
    if (this.lastSnapshot !== null && step < this.lastSnapshot.step) this.probes.cancel();
    this.run.setState({ state, step });
    this.editor.overlays.setRunning(state === 'running');
    if (state === 'compiling' && session.ready) {
      // Opened again on a new worker, which goes on by itself if it was running; what is asked meanwhile comes after.
      session.ready = false;
      session.intention = 'rest';
      session.startedFrom = this.lastSnapshot ?? session.startedFrom;
    }
    const becameReady = !session.ready && (state === 'paused' || state === 'done');
    if (!becameReady) return;
    session.ready = true;
    this.options.onReady(session);
    if (!this.run.getState().stale) this.carryOut(session.intention);
  }

  private judge(session: OpenSession, snapshot: Snapshot): void {
    this.lastSnapshot = snapshot;
    const { stale } = this.run.getState();
    const { tag, document: compiled, analysis } = session;
    const document = stale ? compiled : this.editor.getState().document;
    void this.probes.ask(session, document, snapshot);
    this.options.onModel?.({ tag, document: compiled, analysis, snapshot });
  }
}
