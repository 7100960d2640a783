import { hasErrors } from '../../core/diagnostic';
import { documentChange } from '../../compiler/programs/documentChange';
import type { LiveChange } from '../../compiler/programs/documentChange';
import { stillTrains } from '../../compiler/programs/sameTrainingProgram';
import type { Analysis } from '../../compiler/analysis/analysis';
import type { BasinDocument } from '../../document/schema';
import type { EditorStore } from '../../editor/store/editorState';
import type { RunActions, RunStore } from '../../panels/run/runStore';
import type { EngineChoice } from '../../../workers/protocol';
import type { Intention, OpenSession } from './openSession';
import type { KeptRun, RunObserver } from './runObserver';
import { RunSessions, type Model, type RunSessionsOptions } from './runSessions';
import { fatesSentence, moduleFates } from '../../training/moduleFates';
import { relabelSeries } from '../../runs/seriesOf';
import { showReport } from './showReport';
import { whatChanged } from './whatChanged';

export type RunControllerOptions = Omit<RunSessionsOptions, 'onOpened' | 'onReady'>;

/**
 * Drives the workers from what the user asks for and from what happens to the document, and tells the stores of the page what came of
 * it. Nothing here draws.
 *
 * A run belongs to the graph that was compiled. When the graph changes so that another program comes out, the run is paused and is
 * *stale* until the change is taken back, or the run goes on with the changed graph and the weights that still fit; live parameters
 * and the learning rate go through to the run, whichever way they changed.
 */
export class RunController implements RunActions {
  private readonly unsubscribe: (() => void)[];
  private readonly editor: EditorStore;
  private readonly run: RunStore;
  private readonly sessions: RunSessions;
  private readonly observer: RunObserver | undefined;

  constructor(private readonly options: RunControllerOptions) {
    this.editor = options.editor;
    this.run = options.run;
    this.observer = options.observer;
    this.sessions = new RunSessions({
      ...options,
      onOpened: () => this.compareReport(),
      onReady: (session) => this.catchUp(session),
    });
    this.unsubscribe = [
      showReport(this.run, this.editor.overlays),
      this.editor.onLiveChange((changes) => this.setLive(changes)),
      this.editor.subscribe((now, before) => {
        if (now.openedRevision !== before.openedRevision) this.leave(now.document);
        else if (now.revision !== before.revision) this.compareWithCompiled();
        else if (now.document.training !== before.document.training) this.followPace();
        if (now.analysis !== before.analysis) this.relabel(now.analysis);
      }),
    ];
    // A document was open before anybody listened.
    this.followPace();
  }

  /** Ends the run and stops listening. */
  dispose(): void {
    for (const stop of this.unsubscribe) stop();
    this.sessions.forget();
  }

  /** Another document is open now. */
  private leave(opened: BasinDocument): void {
    this.sessions.forget();
    void this.options.probe.leave(opened);
  }

  // What the user asks for -----------------------------------------------------------------------

  toggle = (): void => {
    this.editor.settle();
    const session = this.sessions.current;
    const { state, stale } = this.run.getState();
    if (state === 'running' || state === 'lost') return this.pause();
    if (state === 'compiling') return this.sessions.callOff();
    if (session === null) return this.runAnew();
    if (stale) return this.runChanged('run');
    if (this.mustReopen(session)) return this.sessions.reopen(session, 'run');
    this.sessions.carryOut('run');
  };

  /** There is nothing that could go on: it has failed for good, or was called off before it was compiled. */
  private mustReopen(session: OpenSession): boolean {
    return this.run.getState().state === 'failed'
      ? !this.sessions.canGoOn(session)
      : !session.ready;
  }

  runAnew = (): void => {
    void this.sessions.open('run');
  };

  runSteps = (count: number): void => {
    void this.sessions.open(count);
  };

  runWithWeights = (): void => {
    void this.sessions.guard(() => this.sessions.openWarm('run'));
  };

  /** After a change of the graph: with the weights that still fit, unless there is a reason to begin anew. */
  private runChanged(intention: Intention): void {
    this.compareWithCompiled();
    const isWarm = this.run.getState().keeps !== null;
    void this.sessions.guard(() =>
      isWarm ? this.sessions.openWarm(intention) : this.sessions.open(intention),
    );
  }

  pause = (): void => {
    void this.sessions.guard(() => this.sessions.train.pause());
  };

  stop = (): void => {
    const session = this.sessions.current;
    if (session === null) return;
    const end = (): void => {
      if (this.sessions.current !== session) return;
      this.sessions.close();
      this.run.setState({ state: 'idle', stale: false, stepsPerSecond: null, probing: false });
    };
    if (this.observer === undefined || !session.ready) end();
    else void this.observer.beforeClose().then(end);
  };

  /** Goes on with a run that was kept, of the document that is open. */
  resume(kept: KeptRun, intention: Intention): Promise<void> {
    return this.sessions.resume(kept, intention);
  }

  step = (count = 1): void => {
    this.editor.settle();
    const session = this.sessions.current;
    const { state, stale } = this.run.getState();
    if (state === 'running' || state === 'compiling' || state === 'lost') return;
    if (session === null) void this.sessions.open(count);
    else if (stale) this.runChanged(count);
    else if (this.mustReopen(session)) this.sessions.reopen(session, count);
    else this.sessions.carryOut(count);
  };

  reset = (): void => {
    this.editor.settle();
    const session = this.sessions.current;
    if (session === null || !session.ready || this.run.getState().stale) {
      return this.sessions.forget();
    }
    void this.sessions.guard(async () => {
      await this.sessions.train.reset();
      session.trainedFrom = 0;
      await this.sessions.train.setTotalSteps(this.sessions.documentSteps);
      if (this.sessions.current !== session) return;
      this.observer?.restarted();
      this.sessions.clear();
      this.run.setState({
        step: 0,
        totalSteps: this.sessions.documentSteps,
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
    const session = this.sessions.current;
    if (session === null || stale) return;
    const intention = state === 'running' ? 'run' : session.ready ? 'rest' : session.intention;
    if (!session.ready || state === 'failed') return this.sessions.reopen(session, intention);
    void this.sessions.guard(async () => {
      const snapshot = await this.sessions.train.snapshot();
      if (this.sessions.current === session) await this.sessions.open(intention, { snapshot });
    });
  };

  dismiss = (problemId: number): void => this.sessions.problems.dismiss(problemId);

  /** The whole state of the open run between two steps, with the optimizer's; null without a run. */
  checkpoint = (): Promise<Model | null> => this.sessions.checkpoint();

  /** The weights as they are by now; null while no run is under way. */
  glimpse = (): Promise<Model | null> | null => this.sessions.glimpse();

  // What happens to the document -----------------------------------------------------------------

  private setLive(changes: readonly LiveChange[]): void {
    // Before it is ready, `catchUp` does this.
    if (this.sessions.current?.ready !== true || changes.length === 0) return;
    const isOnTheWay = this.run.getState().step > 0 || this.run.getState().state === 'running';
    if (isOnTheWay) this.run.setState({ reproducible: false });
    this.observer?.changed(this.editor.getState().document, isOnTheWay);
    const values = Object.fromEntries(changes.map(({ name, value }) => [name, value]));
    void this.sessions.guard(() => this.sessions.train.setLive(values));
  }

  /** What was changed while the graph was being compiled. */
  private catchUp(session: OpenSession): void {
    const { document } = this.editor.getState();
    this.setLive(documentChange(session.document, document, this.editor.registry).live);
    this.followPace();
  }

  /** How long to run and how often to evaluate: a run takes these over while its program is the document's. */
  private followPace(): void {
    this.editor.settle();
    const session = this.sessions.current;
    const pace = this.editor.getState().document.training;
    if (session === null) {
      this.run.setState(({ state }) => (state === 'idle' ? { totalSteps: pace.steps } : {}));
      return;
    }
    if (!session.ready || this.run.getState().stale) return;
    const { train } = this.sessions;
    const { steps, evaluateEvery } = session.pace;
    session.pace = pace;
    if (pace.evaluateEvery !== evaluateEvery) {
      void this.sessions.guard(() => train.setEvaluateEvery(pace.evaluateEvery));
    }
    if (pace.steps === steps) return;
    this.run.setState({ totalSteps: pace.steps });
    void this.sessions.guard(() => train.setTotalSteps(pace.steps));
  }

  private compareWithCompiled(): void {
    this.compareReport();
    const session = this.sessions.current;
    if (session === null) return this.followPace();
    const stale = this.isOutdated(session);
    const { state, stale: before } = this.run.getState();
    if (stale) {
      const { document } = this.editor.getState();
      const changed = whatChanged(session.document, document, this.editor.registry);
      this.run.setState({ changed, keeps: this.whatIsKept(session) });
      // What a change before this one kept would contradict what this one will.
      this.sessions.problems.overtake('weights.kept');
    }
    if (stale === before) return;
    this.run.setState({ stale });
    if (!stale) return this.followPace();
    session.intention = 'rest';
    if (state === 'running' || state === 'lost') this.pause();
  }

  /** A curve and what is said of a node go by its label, at once. */
  private relabel(analysis: Analysis): void {
    const { series } = this.run.getState();
    const relabelled = relabelSeries(series, analysis);
    if (relabelled !== series) this.run.setState({ series: relabelled });
    this.sessions.probes.relabel();
  }

  /** The report may be of an earlier session than the open one, and outlives it. */
  private compareReport(): void {
    const { judgedSession } = this.sessions.probes;
    const reportStale = judgedSession !== null && this.isOutdated(judgedSession);
    if (reportStale !== this.run.getState().reportStale) this.run.setState({ reportStale });
  }

  /**
   * What a run would keep that goes on with the graph as it is now; null where it starts anew: it has not begun, its numbers went
   * astray, another seed is asked for, or there is nothing that could be kept.
   */
  private whatIsKept(session: OpenSession): string | null {
    const { step, metrics, divergence, report } = this.run.getState();
    const analysis = this.editor.settle();
    const { seed } = session.analysis.training;
    const isAstray = divergence !== null || report?.verdict === 'diverged';
    const isNew = analysis.training.seed !== seed || Math.max(step, metrics.nextStep) === 0;
    if (isAstray || isNew || hasErrors(analysis.diagnostics)) return null;
    const fates = moduleFates(session.analysis, analysis);
    return fates.some(({ anew }) => anew === null) ? fatesSentence(fates, 'Keeps') : null;
  }

  /** Whether the graph as it is now makes another program than the one that was compiled. */
  private isOutdated({ analysis }: OpenSession): boolean {
    return !stillTrains(analysis, this.editor.settle());
  }
}
