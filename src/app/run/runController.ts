import type { Analysis } from '../../compiler/analysis/analysis';
import { documentChange } from '../../compiler/programs/documentChange';
import type { LiveChange } from '../../compiler/programs/documentChange';
import { sameTrainingProgram } from '../../compiler/programs/sameTrainingProgram';
import { hasErrors } from '../../core/diagnostic';
import type { Diagnostic } from '../../core/diagnostic';
import type { BasinDocument, TrainingSettings } from '../../document/schema';
import type { EditorStore } from '../../editor/store/editorState';
import { EMPTY_RUN } from '../../panels/run/runStore';
import type { RunActions, RunState, RunStore } from '../../panels/run/runStore';
import type { SessionEvent, SessionState, Snapshot } from '../../training/sessionState';
import type { EngineChoice, RunTag, TaggedSessionEvent } from '../../../workers/protocol';
import { healthOverlays, valueOverlays } from './overlaysOfRun';
import type { ConnectTrain, ProbePort, TrainPort } from './runPorts';
import { seriesOf } from './seriesOf';

export interface RunControllerOptions {
  readonly editor: EditorStore;
  readonly run: RunStore;
  readonly connectTrain: ConnectTrain;
  readonly probe: ProbePort;
  /** Called later, once: how often the page is told of new metrics. Must work in a hidden tab. */
  readonly later?: (task: () => void) => void;
  readonly newRunId?: () => string;
}

/** What is to happen once the graph is compiled: run, rest, or a number of steps. */
type Intention = 'run' | 'rest' | number;

type Pace = Pick<TrainingSettings, 'steps' | 'evaluateEvery'>;

/** One opened session of the training worker. */
interface OpenSession {
  readonly tag: RunTag;
  /** As compiled. */
  readonly document: BasinDocument;
  readonly analysis: Analysis;
  /** What it was to carry on from. */
  readonly startedFrom: Snapshot | undefined;
  /** Of the training settings, what the worker goes by and no program depends on. */
  pace: Pace;
  intention: Intention;
  /** Compiled. */
  ready: boolean;
}

/** Ten times a second is as often as numbers can be read. */
const PUBLISH_INTERVAL_MS = 100;
const PROBLEMS_SHOWN = 4;

/**
 * Drives the workers from what the user asks for and from what happens to the document, and tells the stores of the page what came of
 * it. Nothing here draws.
 *
 * A run belongs to the graph that was compiled. When the graph changes so that another program comes out, the run is paused and is
 * *stale* until the change is taken back or the user chooses to start anew; live parameters and the learning rate go through to the
 * run, whichever way they changed.
 */
export class RunController implements RunActions {
  private session: OpenSession | null = null;
  private pendingSnapshot: Snapshot | null = null;
  private lastSnapshot: Snapshot | null = null;
  private publishing = false;
  private problemCount = 0;
  private runCount = 0;
  private readonly unsubscribe: (() => void)[];
  private readonly editor: EditorStore;
  private readonly run: RunStore;
  private readonly train: TrainPort;
  private readonly probe: ProbePort;
  private readonly later: (task: () => void) => void;
  private readonly newRunId: () => string;

  constructor(options: RunControllerOptions) {
    this.editor = options.editor;
    this.run = options.run;
    this.train = options.connectTrain((event) => this.receive(event));
    this.probe = options.probe;
    this.later = options.later ?? ((task) => setTimeout(task, PUBLISH_INTERVAL_MS));
    this.newRunId = options.newRunId ?? (() => `run${++this.runCount}`);
    this.unsubscribe = [
      this.editor.onLiveChange((changes) => this.setLive(changes)),
      this.editor.subscribe((now, before) => {
        if (now.openedRevision !== before.openedRevision) this.forgetRun();
        else if (now.revision !== before.revision) this.compareWithCompiled();
        else if (now.document.training !== before.document.training) this.followPace();
      }),
    ];
  }

  /** Ends the run and stops listening. */
  dispose(): void {
    for (const stop of this.unsubscribe) stop();
    this.forgetRun();
  }

  // What the user asks for -----------------------------------------------------------------------

  toggle = (): void => {
    this.editor.settle();
    const { session } = this;
    const { state, stale } = this.run.getState();
    if (state === 'running' || state === 'lost') return this.pause();
    if (state === 'compiling' && session !== null) {
      session.intention = session.intention === 'run' ? 'rest' : 'run';
      return;
    }
    if (session === null || stale) return this.runAnew();
    if (state === 'failed' && !this.canGoOn(session)) return this.reopen(session, 'run');
    this.carryOut('run');
  };

  runAnew = (): void => {
    void this.open('run');
  };

  runWithWeights = (): void => {
    void this.guard(async () => {
      const snapshot = await this.train.snapshot();
      await this.open('run', snapshot);
    });
  };

  pause = (): void => {
    void this.guard(() => this.train.pause());
  };

  stop = (): void => {
    if (this.session === null) return;
    this.publish();
    this.closeSession();
    this.run.setState({ state: 'idle', stale: false, stepsPerSecond: null, probing: false });
  };

  step = (count = 1): void => {
    this.editor.settle();
    const { session } = this;
    const { state, stale } = this.run.getState();
    if (state === 'running' || state === 'compiling' || state === 'lost') return;
    if (session === null || stale) void this.open(count);
    else if (state === 'failed' && !this.canGoOn(session)) this.reopen(session, count);
    else this.carryOut(count);
  };

  reset = (): void => {
    this.editor.settle();
    const { session } = this;
    if (session === null || !session.ready || this.run.getState().stale) {
      this.closeSession();
      this.clear();
      this.run.setState({ ...EMPTY_RUN, totalSteps: this.documentSteps() });
      return;
    }
    void this.guard(async () => {
      await this.train.reset();
      await this.train.setTotalSteps(this.documentSteps());
      if (this.session !== session) return;
      this.clear();
      this.run.setState({
        step: 0,
        totalSteps: this.documentSteps(),
        reproducible: true,
        problems: [],
      });
    });
  };

  chooseEngine = (engineChoice: EngineChoice): void => {
    this.editor.settle();
    const { state, stale, engineChoice: before } = this.run.getState();
    if (engineChoice === before) return;
    this.run.setState({ engineChoice, engine: null });
    const { session } = this;
    if (session === null || stale) return;
    const intention = state === 'running' ? 'run' : session.ready ? 'rest' : session.intention;
    if (!session.ready || state === 'failed') return this.reopen(session, intention);
    void this.guard(async () => {
      const snapshot = await this.train.snapshot();
      if (this.session === session) await this.open(intention, snapshot);
    });
  };

  dismiss = (problemId: number): void => {
    this.run.setState(({ problems }) => ({
      problems: problems.filter(({ id }) => id !== problemId),
    }));
  };

  // Sessions -------------------------------------------------------------------------------------

  /** Opens a session for the graph as it is; with `snapshot` the run goes on from there. */
  private async open(intention: Intention, snapshot?: Snapshot): Promise<void> {
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
      pace: document.training,
      intention,
      ready: false,
    };
    this.session = session;
    if (snapshot === undefined) this.clear();
    const { engineChoice: engine } = this.run.getState();
    this.run.setState({
      state: 'compiling',
      step: snapshot?.step ?? 0,
      totalSteps: document.training.steps,
      stepsPerSecond: null,
      stale: false,
      reproducible: snapshot === undefined || snapshot.step === 0,
      series: seriesOf(analysis),
      problems: [],
    });
    await this.guard(() =>
      this.train.open({
        ...session.tag,
        document,
        engine,
        ...(snapshot === undefined ? {} : { snapshot }),
      }),
    );
  }

  /** After a failure that the session cannot go on from: the same graph with the weights last seen. */
  private reopen(session: OpenSession, intention: Intention): void {
    const seen = session.ready ? this.lastSnapshot : null;
    void this.open(intention, seen ?? session.startedFrom);
  }

  /** A step that was not finite leaves the run where it was before; other failures leave nothing to go on with. */
  private canGoOn(session: OpenSession): boolean {
    return (
      session.ready && this.run.getState().problems.some(({ code }) => code === 'run.non-finite')
    );
  }

  private carryOut(intention: Intention): void {
    const { session } = this;
    if (session === null || intention === 'rest') return;
    this.run.setState(({ problems }) => ({
      problems: problems.filter(({ code }) => !code.startsWith('run.')),
    }));
    void this.guard(async () => {
      const { state, step, totalSteps } = this.run.getState();
      if (state === 'done' || step >= totalSteps) {
        const more = typeof intention === 'number' ? intention : this.documentSteps();
        this.run.setState({ totalSteps: step + more });
        await this.train.setTotalSteps(step + more);
      }
      if (this.session !== session) return;
      await (intention === 'run' ? this.train.run() : this.train.step(intention));
    });
  }

  private closeSession(): void {
    if (this.session === null) return;
    this.session = null;
    this.pendingSnapshot = null;
    this.lastSnapshot = null;
    this.editor.overlays.setRunning(false);
    this.probe.cancel();
    this.train.close().catch(() => {
      // It is gone either way.
    });
  }

  /** Another document was opened. */
  private forgetRun(): void {
    this.closeSession();
    this.clear();
    this.run.setState({ ...EMPTY_RUN, totalSteps: this.documentSteps(), problems: [] });
  }

  private clear(): void {
    const { metrics, reports } = this.run.getState();
    metrics.clear();
    reports.clear();
    this.pendingSnapshot = null;
    this.editor.overlays.clear();
    this.run.setState(({ metricsVersion }) => ({
      metricsVersion: metricsVersion + 1,
      report: null,
    }));
  }

  // What happens to the document -----------------------------------------------------------------

  private setLive(changes: readonly LiveChange[]): void {
    // Before it is ready, `catchUp` does this.
    if (this.session?.ready !== true || changes.length === 0) return;
    if (this.run.getState().step > 0 || this.run.getState().state === 'running') {
      this.run.setState({ reproducible: false });
    }
    const values = Object.fromEntries(changes.map(({ name, value }) => [name, value]));
    void this.guard(() => this.train.setLive(values));
  }

  /** Live values that were changed while the graph was being compiled. */
  private catchUp(session: OpenSession): void {
    const { document } = this.editor.getState();
    this.setLive(documentChange(session.document, document, this.editor.registry).live);
    this.followPace();
  }

  /** How long to run and how often to evaluate: a run takes these over while its program is the document's. */
  private followPace(): void {
    this.editor.settle();
    const { session } = this;
    const pace = this.editor.getState().document.training;
    if (session === null) {
      this.run.setState(({ state }) => (state === 'idle' ? { totalSteps: pace.steps } : {}));
      return;
    }
    if (!session.ready || this.run.getState().stale) return;
    const { steps, evaluateEvery } = session.pace;
    session.pace = pace;
    if (pace.evaluateEvery !== evaluateEvery) {
      void this.guard(() => this.train.setEvaluateEvery(pace.evaluateEvery));
    }
    if (pace.steps === steps) return;
    this.run.setState({ totalSteps: pace.steps });
    void this.guard(() => this.train.setTotalSteps(pace.steps));
  }

  private compareWithCompiled(): void {
    const { session } = this;
    if (session === null) return this.followPace();
    const stale = !sameTrainingProgram(session.analysis, this.editor.settle());
    const { state, stale: before } = this.run.getState();
    if (stale === before) return;
    this.run.setState({ stale });
    if (!stale) return this.followPace();
    session.intention = 'rest';
    if (state === 'running' || state === 'lost') this.pause();
  }

  private documentSteps(): number {
    return this.editor.getState().document.training.steps;
  }

  // What the workers say -------------------------------------------------------------------------

  private receive({ runId, event }: TaggedSessionEvent): void {
    const { session } = this;
    if (session === null || session.tag.runId !== runId) return;
    this.take(session, event);
  }

  private take(session: OpenSession, event: SessionEvent): void {
    switch (event.kind) {
      case 'state':
        return this.enter(session, event.state, event.step);
      case 'engine':
        this.run.setState({ engine: { ...event.info, reason: event.reason } });
        return;
      case 'metrics':
        this.run.getState().metrics.append(event.rows);
        this.run.setState({ stepsPerSecond: finiteOrNull(event.stepsPerSecond) });
        return this.publishSoon();
      case 'snapshot':
        return this.probeSoon(event.snapshot);
      case 'diagnostics':
        return this.tell(
          event.diagnostics.filter(
            (found) => !session.analysis.diagnostics.some((known) => same(known, found)),
          ),
        );
    }
  }

  private enter(session: OpenSession, state: SessionState, step: number): void {
    this.publish();
    this.run.setState({ state, step });
    this.editor.overlays.setRunning(state === 'running');
    const becameReady = !session.ready && (state === 'paused' || state === 'done');
    if (!becameReady) return;
    session.ready = true;
    this.catchUp(session);
    if (!this.run.getState().stale) this.carryOut(session.intention);
  }

  private publishSoon(): void {
    if (this.publishing) return;
    this.publishing = true;
    this.later(() => {
      if (this.publishing) this.publish();
    });
  }

  private publish(): void {
    if (!this.publishing) return;
    this.publishing = false;
    const { metrics } = this.run.getState();
    this.run.setState(({ metricsVersion, state, step }): Partial<RunState> => ({
      metricsVersion: metricsVersion + 1,
      step: state === 'running' ? metrics.nextStep : step,
    }));
    this.editor.overlays.setOverlays(valueOverlays(metrics));
  }

  /** One probe at a time; of the snapshots that come meanwhile the latest is probed next. */
  private probeSoon(snapshot: Snapshot): void {
    this.lastSnapshot = snapshot;
    this.pendingSnapshot = snapshot;
    if (!this.run.getState().probing) void this.probePending();
  }

  private async probePending(): Promise<void> {
    const { session, pendingSnapshot: snapshot } = this;
    if (session === null || snapshot === null) return;
    this.pendingSnapshot = null;
    this.run.setState({ probing: true });
    const current = this.editor.getState().document;
    const { stale } = this.run.getState();
    try {
      const answer = await this.probe.probe({
        ...session.tag,
        document: stale ? session.document : current,
        snapshot,
      });
      if (answer === null || this.session !== session) return;
      this.tell(answer.diagnostics.filter(({ severity }) => severity !== 'info'));
      if (answer.report !== null) this.show(answer.report);
    } catch (error) {
      if (this.session === session) this.tell([failure('The diagnostics stopped', error)]);
    } finally {
      this.run.setState({ probing: false });
      void this.probePending();
    }
  }

  private show(report: NonNullable<RunState['report']>): void {
    const { reports } = this.run.getState();
    reports.add(report);
    this.run.setState({ report });
    this.editor.overlays.setOverlays(healthOverlays(report));
  }

  private tell(diagnostics: readonly Diagnostic[]): void {
    if (diagnostics.length === 0) return;
    this.run.setState(({ problems }) => {
      const kept = problems.filter((old) => !diagnostics.some((found) => same(old, found)));
      const added = diagnostics.map((found) => ({ ...found, id: ++this.problemCount }));
      return { problems: [...kept, ...added].slice(-PROBLEMS_SHOWN) };
    });
  }

  /** A call that the worker did not survive ends the run with a message. */
  private async guard(call: () => Promise<void>): Promise<void> {
    const { session } = this;
    try {
      await call();
    } catch (error) {
      if (this.session === null || (session !== null && this.session !== session)) return;
      this.session.ready = false;
      this.editor.overlays.setRunning(false);
      this.run.setState({ state: 'failed', stepsPerSecond: null });
      this.tell([failure('The run stopped', error)]);
    }
  }
}

function failure(what: string, error: unknown): Diagnostic {
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'run.failed',
    severity: 'error',
    message: `${what} on an unexpected failure: ${message}`,
    hint: 'Run again; your graph is saved.',
  };
}

function same(a: Diagnostic, b: Diagnostic): boolean {
  return a.code === b.code && a.message === b.message && a.nodeId === b.nodeId;
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) && value > 0 ? value : null;
}
