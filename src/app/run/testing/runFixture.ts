import type { Diagnostic } from '../../../core/diagnostic';
import type { BasinDocument } from '../../../document/schema';
import { soundDocument, testStore } from '../../../editor/testSupport';
import type { EditorStore } from '../../../editor/store/editorState';
import { createRunStore } from '../../../panels/run/runStore';
import type { RunStore } from '../../../panels/run/runStore';
import type { ProbeReport } from '../../../probing/report';
import { REPRESENTATION_STATISTICS } from '../../../probing/statistics';
import { unknownStatistics } from '../../../probing/statistics/statistic';
import type { SessionEvent, Snapshot } from '../../../training/sessionState';
import type {
  OpenRequest,
  ProbeAnswer,
  ProbeRequest,
  RunTag,
  TaggedSessionEvent,
} from '../../../../workers/protocol';
import { RunController } from '../runController';
import type { RunObserver } from '../runObserver';
import type { ProbePort, TrainPort } from '../runPorts';
import type { Model } from '../runSessions';

/** A worker that does nothing by itself: the test says what happens. */
export class FakeTrain implements TrainPort {
  readonly calls: string[] = [];
  readonly opened: OpenRequest[] = [];
  readonly live: Record<string, number>[] = [];
  failNext: Error | null = null;
  /** What a snapshot has. */
  state: Snapshot['state'] = new Map();
  listener: ((event: TaggedSessionEvent) => void) | null = null;

  open(request: OpenRequest): Promise<void> {
    this.opened.push(request);
    return this.called('open');
  }
  run = () => this.called('run');
  pause = () => this.called('pause');
  step = (count: number) => this.called(`step ${count}`);
  reset = () => this.called('reset');
  setLive = (values: Readonly<Record<string, number>>) => {
    this.live.push({ ...values });
    return this.called('setLive');
  };
  snapshot = async (): Promise<Snapshot> => {
    await this.called('snapshot');
    return { step: 7, state: this.state };
  };
  glimpse = async (): Promise<Snapshot> => {
    await this.called('glimpse');
    return { step: 8, state: new Map() };
  };
  setEvaluateEvery = (steps: number) => this.called(`setEvaluateEvery ${steps}`);
  setTotalSteps = (steps: number) => this.called(`setTotalSteps ${steps}`);
  close = () => this.called('close');

  emit(event: SessionEvent, request = this.opened.at(-1)): void {
    if (request === undefined) throw new Error('no session is open');
    this.listener?.({ runId: request.runId, revision: request.revision, event });
  }

  metrics(firstStep: number, losses: readonly number[]): void {
    const values = Float64Array.from(losses.flatMap((loss) => [loss, loss / 2]));
    this.emit({
      kind: 'metrics',
      rows: { names: ['loss', 'value:distance'], firstStep, rows: losses.length, values },
      stepsPerSecond: 50,
    });
  }

  private async called(name: string): Promise<void> {
    this.calls.push(name);
    await Promise.resolve();
    if (this.failNext !== null) {
      const error = this.failNext;
      this.failNext = null;
      throw error;
    }
  }
}

/** Answers when the test says so: what is asked meanwhile waits. */
export class FakeProbe implements ProbePort {
  readonly asked: ProbeRequest[] = [];
  cancelled = 0;
  private answers: ((answer: ProbeAnswer | null) => void)[] = [];

  cancel(): void {
    this.cancelled++;
  }

  readonly leave = (): Promise<void> => Promise.resolve();

  probe(request: ProbeRequest): Promise<ProbeAnswer | null> {
    this.asked.push(request);
    return new Promise((resolve) => this.answers.push(resolve));
  }

  /** Answers the oldest request that waits; null: it was overtaken. */
  async answer(report: ProbeReport | null): Promise<void> {
    await this.reply(report && { report, diagnostics: [] });
  }

  /** There is no report, for a reason. */
  async fail(diagnostic: Diagnostic): Promise<void> {
    await this.reply({ report: null, diagnostics: [diagnostic] });
  }

  private async reply(answer: Omit<ProbeAnswer, keyof RunTag> | null): Promise<void> {
    const { runId, revision } = this.asked.at(-1) ?? { runId: '', revision: 0 };
    this.answers.shift()?.(answer && { runId, revision, ...answer });
    await settled();
  }
}

/** After everything that only waits for a promise. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** A report with one representation, whose verdict is the whole one's. */
export const report = (step: number, verdict: ProbeReport['verdict']): ProbeReport => ({
  step,
  reps: {
    'encoder.out': {
      nodeId: 'encoder',
      port: 'out',
      label: 'Encoder',
      ...unknownStatistics(REPRESENTATION_STATISTICS),
      spectrum: [1],
      correlation: { dimensions: [0], values: [1] },
      histograms: { dimensions: [0], low: 0, high: 1, counts: [] },
      dim: 4,
      rows: 100,
      verdict,
      reason: 'because',
    },
  },
  energies: {},
  inference: {},
  latents: {},
  verdict,
  reason: 'because',
  loss: 0.5,
  terms: {},
});

/** A run controller on a page without a page. */
export interface RunFixture {
  readonly editor: EditorStore;
  readonly run: RunStore;
  readonly train: FakeTrain;
  readonly probe: FakeProbe;
  readonly controller: RunController;
  /** What waits for reading pace. */
  readonly publish: (() => void)[];
  /** The steps of the weights that were handed on; null where there are none any more. */
  readonly models: (number | null)[];
  /** Run, as far as the worker's first step. */
  start(): Promise<void>;
}

export function runFixture(observer?: RunObserver): RunFixture {
  const editor = testStore(soundDocument());
  const run = createRunStore();
  const train = new FakeTrain();
  const probe = new FakeProbe();
  const publish: (() => void)[] = [];
  const later = (task: () => void): void => void publish.push(task);
  const connectTrain = (listener: (event: TaggedSessionEvent) => void): TrainPort => {
    train.listener = listener;
    return train;
  };
  const models: (number | null)[] = [];
  const onModel = (model: Model | null): void => void models.push(model && model.snapshot.step);
  const kept = observer === undefined ? {} : { observer };
  const controller = new RunController({
    editor,
    run,
    connectTrain,
    probe,
    later,
    onModel,
    ...kept,
  });
  const start = async (): Promise<void> => {
    controller.toggle();
    train.emit({ kind: 'state', state: 'compiling', step: 0 });
    train.emit({ kind: 'state', state: 'paused', step: 0 });
    await settled();
    train.emit({ kind: 'state', state: 'running', step: 0 });
  };
  return { editor, run, train, probe, controller, publish, models, start };
}

/** Makes another program. */
export const setBatchSize = (batchSize: number) => ({
  label: 'Batch size',
  recipe: (draft: BasinDocument) => void (draft.training.batchSize = batchSize),
});

/** A live value: the program stays. */
export const setWeight = (weight: number) => ({
  label: 'Weight',
  recipe: (draft: BasinDocument) => {
    const node = draft.nodes.find(({ id }) => id === 'distance');
    if (node) node.params['weight'] = weight;
  },
});
