import '../src/core/withoutEval';
import { releaseProxy, transfer, type Remote } from 'comlink';
import { registry } from '../nodes/index';
import { analyse } from '../src/compiler/analysis/analyse';
import { DatasetCache } from '../src/compiler/programs/loadData';
import { invariant } from '../src/core/invariant';
import { calibrate } from '../src/engine/calibrate';
import { ENGINES } from '../src/engine/engines';
import { browserHost } from '../src/engine/hosts/browserHost';
import { chooseEngine, type EngineChoices } from '../src/training/chooseEngine';
import { prepareTraining } from '../src/training/prepareTraining';
import { TrainingSession } from '../src/training/session';
import type { SessionEvent, Snapshot } from '../src/training/sessionState';
import { fetchAsset } from './assets';
import { exposeWorker } from './exposeWorker';
import type { EngineChoice, OpenRequest, TaggedSessionEvent, TrainWorkerApi } from './protocol';
import { eventBuffers, snapshotBuffers } from './transferables';

/** Evaluations are drawn and probed: more of them a second would only slow the run down. */
const SNAPSHOT_INTERVAL_MS = 150;

type Listener = (event: TaggedSessionEvent) => void;

class TrainWorker implements TrainWorkerApi {
  private readonly cache = new DatasetCache();
  /** Kept over runs, so that `auto` measures once. */
  private readonly engines = new Map<EngineChoice, EngineChoices>();
  private session: TrainingSession | null = null;
  private release: () => void = () => undefined;

  async open(request: OpenRequest, listener: Listener): Promise<void> {
    const previous = this.session;
    const releasePrevious = this.release;
    const session = this.makeSession(request, listener);
    // From here on commands are for the new session, even while the old one is being closed.
    this.session = session;
    this.release = () => (listener as Remote<Listener>)[releaseProxy]();
    await previous?.close();
    releasePrevious();
    if (this.session === session) await session.open(request.snapshot);
  }

  run(): Promise<void> {
    this.session?.run();
    return Promise.resolve();
  }

  async pause(): Promise<void> {
    await this.session?.pause();
  }

  async step(count: number): Promise<void> {
    await this.session?.stepBy(count);
  }

  async reset(): Promise<void> {
    await this.session?.reset();
  }

  setLive(values: Readonly<Record<string, number>>): Promise<void> {
    this.session?.setLive(values);
    return Promise.resolve();
  }

  async snapshot(): Promise<Snapshot> {
    invariant(this.session, 'a run is open');
    const snapshot = await this.session.snapshot();
    return transfer(snapshot, snapshotBuffers(snapshot));
  }

  async glimpse(): Promise<Snapshot | null> {
    const snapshot = (await this.session?.glimpse()) ?? null;
    return snapshot && transfer(snapshot, snapshotBuffers(snapshot));
  }

  async restore(snapshot: Snapshot): Promise<void> {
    await this.session?.restore(snapshot);
  }

  setTotalSteps(steps: number): Promise<void> {
    this.session?.setTotalSteps(steps);
    return Promise.resolve();
  }

  setEvaluateEvery(steps: number): Promise<void> {
    this.session?.setEvaluateEvery(steps);
    return Promise.resolve();
  }

  loseDevice(): Promise<void> {
    this.session?.loseDevice();
    return Promise.resolve();
  }

  async close(): Promise<void> {
    const { session, release } = this;
    this.session = null;
    this.release = () => undefined;
    await session?.close();
    release();
  }

  private makeSession(request: OpenRequest, listener: Listener): TrainingSession {
    const { document, engine, runId, revision, snapshot } = request;
    const { factory, fallback } = this.choices(engine);
    return new TrainingSession({
      prepare: () =>
        prepareTraining(analyse(document, registry), {
          asset: fetchAsset,
          cache: this.cache,
          ...(snapshot === undefined ? {} : { state: snapshot.state }),
        }),
      engineFactory: factory,
      fallbackFactory: fallback,
      totalSteps: document.training.steps,
      evaluateEvery: document.training.evaluateEvery,
      snapshotIntervalMs: SNAPSHOT_INTERVAL_MS,
      emit: (event) => send(listener, { runId, revision, event }),
    });
  }

  private choices(choice: EngineChoice): EngineChoices {
    const known = this.engines.get(choice);
    if (known) return known;
    const choices = chooseEngine(choice, ENGINES, browserHost, calibrate);
    this.engines.set(choice, choices);
    return choices;
  }
}

/** Calls the page and gives it the arrays. The page may have gone: then nobody minds. */
function send(listener: Listener, tagged: TaggedSessionEvent & { event: SessionEvent }): void {
  const call = listener(transfer(tagged, eventBuffers(tagged.event))) as unknown as Promise<void>;
  call.catch(() => undefined);
}

exposeWorker(new TrainWorker());
