import { transfer } from 'comlink';
import { describe, expect, it } from 'vitest';
import { emptyDocument } from '../../src/document/schema';
import type { Descent, LandscapeFrame } from '../../src/probing/landscape/landscapeFrame';
import { USUAL_SETTINGS } from '../../src/probing/landscape/testing/landscapes';
import type { PictureStrip } from '../../src/probing/pictures/pictureStrip';
import type { ProbeStudy } from '../../src/probing/probeStudy';
import type { ProbeReport } from '../../src/probing/report';
import type { SessionEvent, Snapshot } from '../../src/training/sessionState';
import type {
  DescentAnswer,
  DescentRequest,
  EmbeddingAnswer,
  EmbeddingRequest,
  LatentAnswer,
  LatentRequest,
  LandscapeAnswer,
  LandscapeRequest,
  LayoutWorkerApi,
  NodePicturesAnswer,
  NodePicturesRequest,
  PicturesAnswer,
  PicturesRequest,
  PredictionAnswer,
  PredictionRequest,
  OpenRequest,
  PlanWorkerApi,
  ProbeAnswer,
  ProbeRequest,
  ProbeStudyAnswer,
  ProbeStudyRequest,
  ProbeWorkerApi,
  SequenceAnswer,
  SequenceRequest,
  SweepWorkerApi,
  TaggedSessionEvent,
  TrainWorkerApi,
  TrialAnswer,
} from '../protocol';
import { eventBuffers, snapshotBuffers } from '../transferables';
import { FakeWorker } from './fakeWorker';
import { LayoutClient } from './layoutClient';
import { PlanClient } from './planClient';
import { ProbeClient } from './probeClient';
import { SweepClient } from './sweepClient';
import { TrainClient } from './trainClient';

function snapshotAt(step: number): Snapshot {
  return { step, state: new Map([['a.w', Float32Array.of(step, 2)]]) };
}

function request(runId: string): OpenRequest {
  return { runId, revision: 1, document: emptyDocument(), engine: 'auto' };
}

/** Remembers what it was asked for; `say` sends an event to the page. */
class FakeTrainWorker implements TrainWorkerApi {
  readonly calls: string[] = [];
  opened: OpenRequest | null = null;
  private listener: (event: TaggedSessionEvent) => void = () => undefined;

  open(opened: OpenRequest, listener: (event: TaggedSessionEvent) => void): Promise<void> {
    this.calls.push(`open ${opened.runId}`);
    this.opened = opened;
    this.listener = listener;
    return Promise.resolve();
  }
  say(event: SessionEvent, runId = this.opened?.runId ?? ''): void {
    const tagged = { runId, revision: 1, event };
    this.listener(transfer(tagged, eventBuffers(event)));
  }
  private note(call: string): Promise<void> {
    this.calls.push(call);
    return Promise.resolve();
  }
  readonly run = () => this.note('run');
  hangs = false;
  readonly pause = () => (this.hangs ? new Promise<void>(() => undefined) : this.note('pause'));
  readonly step = (count: number) => this.note(`step ${count}`);
  readonly reset = () => this.note('reset');
  readonly setLive = (values: object) => this.note(`live ${JSON.stringify(values)}`);
  readonly restore = ({ step }: Snapshot) => this.note(`restore ${step}`);
  readonly setEvaluateEvery = (steps: number) => this.note(`every ${steps}`);
  readonly setTotalSteps = (steps: number) => this.note(`total ${steps}`);
  readonly loseDevice = () => Promise.reject(new Error('no device'));
  letsGo = true;
  readonly close = () => (this.letsGo ? this.note('close') : new Promise<void>(() => undefined));
  readonly glimpse = () => this.snapshot();
  readonly snapshot = () => {
    const snapshot = snapshotAt(9);
    return Promise.resolve(transfer(snapshot, snapshotBuffers(snapshot)));
  };
}

function trainSetup() {
  const workers: { api: FakeTrainWorker; fake: FakeWorker }[] = [];
  const events: TaggedSessionEvent[] = [];
  const client = new TrainClient((event) => events.push(event), {
    spawn: () => {
      const api = new FakeTrainWorker();
      const fake = new FakeWorker(api);
      workers.push({ api, fake });
      return fake.worker;
    },
  });
  const at = (index: number) => {
    const entry = workers[index];
    if (!entry) throw new Error(`no worker ${index}`);
    return entry;
  };
  return { client, events, workers, at };
}

describe('TrainClient', () => {
  it('passes commands and transfers arrays to the page', async () => {
    const { client, events, at } = trainSetup();
    await client.open(request('one'));
    await client.run();
    await client.step(5);
    await client.setLive({ rate: 2 });
    await client.restore(snapshotAt(3));
    expect(at(0).api.calls).toEqual([
      ...['open one', 'run', 'step 5', 'live {"rate":2}', 'restore 3'],
    ]);
    expect(await client.snapshot()).toEqual(snapshotAt(9));
    expect(await client.glimpse()).toEqual(snapshotAt(9));
    const sent = snapshotAt(4);
    at(0).api.say({ kind: 'snapshot', snapshot: sent });
    await expect.poll(() => events.length).toBe(1);
    expect(events[0]?.event).toEqual({ kind: 'snapshot', snapshot: snapshotAt(4) });
    expect(sent.state.get('a.w')?.byteLength).toBe(0);
    client.terminate();
    expect(at(0).fake.terminated).toBe(true);
  });

  it('drops events of runs that are no longer open', async () => {
    const { client, events, at } = trainSetup();
    await client.open(request('one'));
    const first = at(0).api;
    const say = first.say.bind(first);
    await client.open(request('two'));
    say({ kind: 'state', state: 'paused', step: 0 }, 'one');
    say({ kind: 'state', state: 'paused', step: 0 }, 'two');
    await expect.poll(() => events.length).toBe(1);
    expect(events[0]?.runId).toBe('two');
    await client.close();
    say({ kind: 'state', state: 'running', step: 0 }, 'two');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(events).toHaveLength(1);
    client.terminate();
  });

  it('replaces a worker that died and goes on from the newest weights', async () => {
    const { client, events, at } = trainSetup();
    await client.open(request('one'));
    await client.setLive({ rate: 2 });
    await client.setTotalSteps(77);
    await client.setEvaluateEvery(5);
    at(0).api.say({ kind: 'snapshot', snapshot: snapshotAt(40) });
    at(0).api.say({ kind: 'state', state: 'running', step: 40 });
    await expect.poll(() => events.length).toBe(2);
    at(0).fake.die('out of memory');
    await expect.poll(() => at(1).api.calls.at(-1)).toBe('run');
    expect(at(0).fake.terminated).toBe(true);
    expect(at(1).api.calls).toEqual(['open one', 'live {"rate":2}', 'every 5', 'total 77', 'run']);
    expect(at(1).api.opened?.snapshot).toEqual(snapshotAt(40));
    expect(events[2]?.event).toMatchObject({
      kind: 'diagnostics',
      diagnostics: [{ code: 'run.worker-replaced', severity: 'warning' }],
    });
    expect(JSON.stringify(events[2])).toContain('out of memory');
    client.terminate();
  });

  it('does what is asked while a worker is replaced once the run is open again', async () => {
    const { client, at } = trainSetup();
    await client.open(request('one'));
    await client.setTotalSteps(77);
    at(0).fake.die('gone');
    await client.step(3);
    expect(at(1).api.calls).toEqual(['open one', 'live {}', 'total 77', 'step 3']);
    client.terminate();
  });

  it('gives up a worker that dies again and again, until the user opens a run anew', async () => {
    const { client, events, workers, at } = trainSetup();
    await client.open(request('one'));
    for (let death = 0; death < 3; death++) {
      await expect.poll(() => workers.length).toBe(death + 1);
      at(death).fake.die('broken');
    }
    await expect.poll(() => events.at(-1)?.event).toMatchObject({ state: 'failed' });
    expect(workers).toHaveLength(3);
    await client.open(request('two'));
    expect(workers).toHaveLength(4);
    client.terminate();
  });

  it('replaces a worker that the browser ended without a word', async () => {
    const { client, events, at } = trainSetup();
    await client.open(request('one'));
    at(0).fake.vanish();
    await expect.poll(() => at(1).api.calls.at(0)).toBe('open one');
    expect(JSON.stringify(events)).toContain('the browser ended it');
    client.terminate();
  });

  it('gives up a run that ends every worker on the way, although each of them opens it', async () => {
    const { client, events, workers, at } = trainSetup();
    await client.open(request('one'));
    for (let death = 0; death < 3; death++) {
      await expect.poll(() => workers[death]?.api.calls.includes('open one')).toBe(true);
      at(death).api.say({ kind: 'state', state: 'running', step: 0 });
      await expect.poll(() => events.at(-1)?.event).toMatchObject({ state: 'running' });
      at(death).fake.die('unreachable');
    }
    await expect.poll(() => events.at(-1)?.event).toMatchObject({ state: 'failed' });
    expect(workers).toHaveLength(3);
    client.terminate();
  });

  it.each(['run.failed', 'run.out-of-memory'] as const)(
    'gives the run after %s a new worker: the memory of the old one may be full',
    async (code) => {
      const { client, events, workers, at } = trainSetup();
      await client.open(request('one'));
      await client.open(request('two'));
      expect(workers).toHaveLength(1);
      const diagnostics = [{ code, severity: 'error', message: 'Too much.' }] as const;
      at(0).api.say({ kind: 'diagnostics', diagnostics });
      await expect.poll(() => events.length).toBe(1);
      await client.open(request('three'));
      expect(at(0).fake.terminated).toBe(true);
      expect(at(1).api.calls).toEqual(['open three']);
      await client.open(request('four'));
      expect(at(1).api.calls).toEqual(['open three', 'close', 'open four']);
      expect(workers).toHaveLength(2);
      client.terminate();
    },
  );

  it('ends a worker that does not let go of a run, for the sake of the next', async () => {
    const { client, events, workers, at } = trainSetup();
    await client.open(request('one'));
    at(0).api.letsGo = false;
    const second = client.open(request('two'));
    const third = client.open(request('three'));
    const stepping = client.step(3);
    await Promise.all([second, third, stepping]);
    expect(at(0).fake.terminated).toBe(true);
    expect(at(1).api.calls).toEqual(['open three', 'step 3']);
    expect(workers).toHaveLength(2);
    // Nobody is told of what nobody waits for.
    expect(events).toEqual([]);
    at(1).api.letsGo = false;
    await client.close();
    expect(at(1).fake.terminated).toBe(true);
    client.terminate();
  });

  it('ends a call that was under way when the worker died', async () => {
    const { client, at } = trainSetup();
    await client.open(request('one'));
    at(0).api.hangs = true;
    const pausing = client.pause();
    at(0).fake.die('gone');
    await pausing;
    client.terminate();
  });

  it('does nothing without an open run, and reports failures of the worker as events', async () => {
    const { client, events, workers } = trainSetup();
    await client.run();
    await client.close();
    expect(workers).toHaveLength(0);
    await expect(client.snapshot()).rejects.toThrow('No run is open');
    expect(await client.glimpse()).toBeNull();
    await client.open(request('one'));
    await client.loseDevice();
    expect(JSON.stringify(events)).toContain('no device');
    client.terminate();
  });
});

function probeRequest(step: number, runId = 'one'): ProbeRequest {
  const snapshot = snapshotAt(step);
  return { runId, revision: 1, document: emptyDocument(), snapshot, trainedFrom: 0 };
}

/** Answers when told to. */
class FakeProbeWorker implements ProbeWorkerApi {
  readonly asked: number[] = [];
  private readonly pending: (() => void)[] = [];
  readonly probe = ({ runId, revision, snapshot }: ProbeRequest): Promise<ProbeAnswer> => {
    this.asked.push(snapshot.step);
    const report = { step: snapshot.step } as ProbeReport;
    return new Promise((resolve) =>
      this.pending.push(() => resolve({ runId, revision, report, diagnostics: this.diagnostics })),
    );
  };
  readonly landscape = ({ runId, revision, viewId, sample }: LandscapeRequest) => {
    this.asked.push(sample);
    const frame = { viewId, step: sample } as LandscapeFrame;
    return new Promise<LandscapeAnswer>((resolve) =>
      this.pending.push(() => resolve({ runId, revision, frame, diagnostics: this.diagnostics })),
    );
  };
  readonly descend = ({ runId, revision, sample, from }: DescentRequest) => {
    this.asked.push(sample);
    const descent: Descent = {
      ...{ path: [from], energies: [1], end: 'minimum', beside: 0, last: null },
    };
    return new Promise<DescentAnswer>((resolve) =>
      this.pending.push(() => resolve({ runId, revision, descent, diagnostics: this.diagnostics })),
    );
  };
  readonly predict = ({ runId, revision, sample, chosen }: PredictionRequest) => {
    this.asked.push(sample);
    const [a = NaN, b = NaN] = chosen.value;
    return new Promise<PredictionAnswer>((resolve) =>
      this.pending.push(() =>
        resolve({ runId, revision, prediction: [a, b], diagnostics: this.diagnostics }),
      ),
    );
  };
  readonly pictures = ({ runId, revision }: PicturesRequest) => {
    const strip: PictureStrip = { step: null, count: 0, rows: [] };
    return new Promise<PicturesAnswer>((resolve) =>
      this.pending.push(() => resolve({ runId, revision, strip, diagnostics: this.diagnostics })),
    );
  };
  private stopped: () => void = () => undefined;
  readonly embed = ({ runId, revision }: EmbeddingRequest, progress: (part: number) => void) => {
    progress(0.5);
    const without = { runId, revision, frame: null, samples: null, diagnostics: [] };
    return new Promise<EmbeddingAnswer>((resolve) => {
      this.stopped = () => resolve({ ...without, stopped: true });
    });
  };
  readonly latent = ({ runId, revision }: LatentRequest) =>
    Promise.resolve<LatentAnswer>({ runId, revision, frame: null, samples: null, diagnostics: [] });
  readonly nodePictures = ({ runId, revision }: NodePicturesRequest) =>
    Promise.resolve<NodePicturesAnswer>({ runId, revision, pictures: null, diagnostics: [] });
  readonly sequence = ({ runId, revision }: SequenceRequest) =>
    Promise.resolve<SequenceAnswer>({ runId, revision, frame: null, film: null, diagnostics: [] });
  readonly stopEmbedding = () => {
    this.stopped();
    return Promise.resolve();
  };
  readonly study = ({ runId, revision }: ProbeStudyRequest) => {
    const study: ProbeStudy = { kind: 'efficiency', measure: 'accuracy', points: [] };
    return new Promise<ProbeStudyAnswer>((resolve) =>
      this.pending.push(() => resolve({ runId, revision, study, diagnostics: this.diagnostics })),
    );
  };
  diagnostics: ProbeAnswer['diagnostics'] = [];
  async answerNext(): Promise<void> {
    await expect.poll(() => this.pending.length).toBeGreaterThan(0);
    this.pending.shift()?.();
  }
}

function probeSetup() {
  const workers: { api: FakeProbeWorker; fake: FakeWorker }[] = [];
  const client = new ProbeClient({
    spawn: () => {
      const api = new FakeProbeWorker();
      const fake = new FakeWorker(api);
      workers.push({ api, fake });
      return fake.worker;
    },
  });
  return { client, workers };
}

describe('ProbeClient', () => {
  it('probes one snapshot at a time, of the others only the newest', async () => {
    const { client, workers } = probeSetup();
    const steps = [1, 2, 3].map((step) => client.probe(probeRequest(step)));
    const api = workers[0]?.api;
    if (!api) throw new Error('expected a worker');
    await api.answerNext();
    await api.answerNext();
    const answers = await Promise.all(steps);
    expect(answers.map((answer) => answer?.report?.step ?? null)).toEqual([1, null, 3]);
    expect(api.asked).toEqual([1, 3]);
    client.terminate();
  });

  it('leaves the arrays of a snapshot with its owner', async () => {
    const { client, workers } = probeSetup();
    const request = probeRequest(5);
    const answer = client.probe(request);
    await workers[0]?.api.answerNext();
    await answer;
    expect(request.snapshot).toEqual(snapshotAt(5));
    client.terminate();
  });

  it('drops answers for a run that is no longer asked about', async () => {
    const { client, workers } = probeSetup();
    const old = client.probe(probeRequest(1, 'one'));
    const current = client.probe(probeRequest(2, 'two'));
    await workers[0]?.api.answerNext();
    expect(await old).toBeNull();
    await workers[0]?.api.answerNext();
    expect((await current)?.runId).toBe('two');
    const cancelled = client.probe(probeRequest(3, 'two'));
    client.cancel();
    await workers[0]?.api.answerNext();
    expect(await cancelled).toBeNull();
    client.terminate();
  });

  it('asks another worker when one dies, and says so', async () => {
    const { client, workers } = probeSetup();
    const first = client.probe(probeRequest(1));
    workers[0]?.fake.die('crash');
    await expect.poll(() => workers.length).toBe(2);
    await workers[1]?.api.answerNext();
    expect(await first).toMatchObject({
      report: { step: 1 },
      diagnostics: [{ code: 'run.probes-replaced', severity: 'warning' }],
    });
    const second = client.probe(probeRequest(2));
    await workers[1]?.api.answerNext();
    expect(await second).toMatchObject({ report: { step: 2 }, diagnostics: [] });
    client.terminate();
  });

  it('answers with a diagnostic when the next worker dies of it too, and starts another', async () => {
    const { client, workers } = probeSetup();
    const first = client.probe(probeRequest(1));
    workers[0]?.fake.die('crash');
    await expect.poll(() => workers.length).toBe(2);
    workers[1]?.fake.die('crash');
    expect(await first).toMatchObject({
      report: null,
      diagnostics: [{ code: 'run.probes-replaced' }, {}],
    });
    const second = client.probe(probeRequest(2));
    await expect.poll(() => workers.length).toBe(3);
    await workers[2]?.api.answerNext();
    expect((await second)?.report?.step).toBe(2);
    client.terminate();
  });

  it('ends a worker that is busy with a document that is no longer open', async () => {
    const { client, workers } = probeSetup();
    const first = client.probe(probeRequest(1));
    const document = emptyDocument();
    void client.leave(document);
    const second = client.probe({ ...probeRequest(2, 'two'), document });
    expect(await first).toBeNull();
    await expect.poll(() => workers[1]?.api.asked).toEqual([2]);
    // Not of that document.
    void client.leave(document);
    await workers[1]?.api.answerNext();
    expect(await second).toMatchObject({ report: { step: 2 }, diagnostics: [] });
    expect(workers).toHaveLength(2);
    client.terminate();
  });
});

describe('ProbeClient, asked for landscapes', () => {
  const landscapeRequest = (sample: number): LandscapeRequest => ({
    ...{ runId: 'one', revision: 1, document: emptyDocument(), snapshot: null },
    ...{ ...USUAL_SETTINGS, viewId: 'points.y', sample },
  });
  const RANGE = { x: [0, 1], y: [0, 1] } as const;

  it('asks one thing at a time, of each kind the newest, in the order of their coming', async () => {
    const { client, workers } = probeSetup();
    const first = client.landscape(landscapeRequest(1));
    const api = workers[0]?.api;
    if (!api) throw new Error('expected a worker');
    const overtaken = client.landscape(landscapeRequest(2));
    const probe = client.probe(probeRequest(3));
    const way = client.descend({ ...landscapeRequest(4), from: [0.5, 0.5], range: RANGE });
    const pictures = client.pictures(landscapeRequest(6));
    const newest = client.landscape(landscapeRequest(5));
    expect(await overtaken).toBeNull();
    for (let answer = 0; answer < 5; answer++) await api.answerNext();
    expect((await pictures)?.strip?.rows).toEqual([]);
    expect((await first)?.frame?.step).toBe(1);
    expect((await newest)?.frame?.step).toBe(5);
    expect((await probe)?.report?.step).toBe(3);
    expect((await way)?.descent?.path).toEqual([[0.5, 0.5]]);
    // The newest takes the place of the one that it overtook.
    expect(api.asked).toEqual([1, 5, 3, 4]);
    client.terminate();
  });

  it('keeps them where the probes of a run are called off', async () => {
    const { client, workers } = probeSetup();
    const probe = client.probe(probeRequest(1));
    const landscape = client.landscape(landscapeRequest(2));
    client.cancel();
    await workers[0]?.api.answerNext();
    await workers[0]?.api.answerNext();
    expect(await probe).toBeNull();
    expect((await landscape)?.frame?.step).toBe(2);
    client.terminate();
  });

  it('answers with a diagnostic when the worker dies, and asks what waits of another', async () => {
    const { client, workers } = probeSetup();
    const first = client.landscape(landscapeRequest(1));
    const probe = client.probe(probeRequest(2));
    workers[0]?.fake.die('crash');
    await expect.poll(() => workers.length).toBe(2);
    workers[1]?.fake.die('crash');
    expect(await first).toMatchObject({
      frame: null,
      diagnostics: [{ code: 'run.probes-replaced' }, {}],
    });
    await expect.poll(() => workers.length).toBe(3);
    await workers[2]?.api.answerNext();
    expect((await probe)?.report?.step).toBe(2);
    client.terminate();
  });
});

describe('an embedding', () => {
  const request: EmbeddingRequest = {
    ...{ runId: 'one', revision: 1, document: emptyDocument(), snapshot: null, modelId: 1 },
    settings: { port: 'f.out', method: 'umap', dimensions: 2, colour: { by: 'label' } },
    withSamples: false,
  };

  it('takes its time without holding up others, and ends when it is told to', async () => {
    const { client, workers } = probeSetup();
    const told: number[] = [];
    const embedding = client.embed(request, (part) => told.push(part));
    const probe = client.probe(probeRequest(1));
    await workers[0]?.api.answerNext();
    expect((await probe)?.report?.step).toBe(1);
    await expect.poll(() => told).toEqual([0.5]);
    await client.stopEmbedding();
    expect(await embedding).toMatchObject({ stopped: true });
    client.terminate();
  });

  it('ends with a diagnostic when its worker is ended for the sake of another question', async () => {
    const { client, workers } = probeSetup();
    const embedding = client.embed(request, () => undefined);
    const probe = client.probe(probeRequest(1));
    const api = workers[0]?.api;
    if (!api) throw new Error('expected a worker');
    api.diagnostics = [{ code: 'run.out-of-memory', severity: 'warning', message: 'Too much.' }];
    await api.answerNext();
    await probe;
    expect(await embedding).toMatchObject({
      frame: null,
      diagnostics: [{ code: 'run.probes-replaced' }],
    });
    client.terminate();
  });
});

describe('ProbeClient, short of memory', () => {
  it('starts another worker, and asks no more for what does not fit', async () => {
    const { client, workers } = probeSetup();
    const first = client.probe(probeRequest(1));
    const api = workers[0]?.api;
    if (!api) throw new Error('expected a worker');
    api.diagnostics = [{ code: 'run.out-of-memory', severity: 'warning', message: 'Too much.' }];
    await api.answerNext();
    expect((await first)?.diagnostics).toHaveLength(1);
    expect(workers[0]?.fake.terminated).toBe(true);
    expect(await client.probe(probeRequest(2))).toMatchObject({ diagnostics: [] });
    expect(workers).toHaveLength(1);
    const smaller = client.probe(probeRequest(3, 'two'));
    await workers[1]?.api.answerNext();
    expect((await smaller)?.report?.step).toBe(3);
    client.terminate();
  });
});

describe('LayoutClient', () => {
  it('asks the worker, another one when it dies, and rejects when that dies too', async () => {
    const positions = { a: { x: 1, y: 2 } };
    const fakes: FakeWorker[] = [];
    let answers = true;
    const api: LayoutWorkerApi = {
      layout: () => (answers ? Promise.resolve({ positions }) : new Promise(() => undefined)),
    };
    const client = new LayoutClient({
      spawn: () => {
        const fake = new FakeWorker(api);
        fakes.push(fake);
        return fake.worker;
      },
    });
    expect(await client.layout([], [])).toEqual({ positions });
    answers = false;
    const hanging = client.layout([], []);
    fakes[0]?.die('crash');
    await expect.poll(() => fakes.length).toBe(2);
    fakes[1]?.die('second crash');
    await expect(hanging).rejects.toThrow('second crash');
    answers = true;
    expect(await client.layout([], [])).toEqual({ positions });
    client.terminate();
  });
});

describe('PlanClient', () => {
  const request = (revision: number) => ({ revision, document: emptyDocument() });

  function planWorker() {
    const asked: number[] = [];
    const answers: (() => void)[] = [];
    const api: PlanWorkerApi = {
      plan: ({ revision }) => {
        asked.push(revision);
        const target = { adapter: null, software: false };
        const answer = { revision, target, listing: null, compileMs: 1, diagnostics: [] };
        return new Promise((resolve) => answers.push(() => resolve(answer)));
      },
      exportPytorch: ({ title }) => {
        const files = new Map([['train.py', new TextEncoder().encode(title)]]);
        return Promise.resolve({ files, diagnostics: [] });
      },
    };
    return { asked, answers, api };
  }

  it('makes one plan at a time, and only the newest of those that wait', async () => {
    const { asked, answers, api } = planWorker();
    const client = new PlanClient({ spawn: () => new FakeWorker(api).worker });
    const plans = [1, 2, 3].map((revision) => client.plan(request(revision)));
    expect(await plans[0]).toBeNull();
    expect(await plans[1]).toBeNull();
    await expect.poll(() => asked).toEqual([3]);
    answers[0]?.();
    expect(await plans[2]).toMatchObject({ revision: 3 });
    client.terminate();
  });

  it('hands on what a document is written as', async () => {
    const { api } = planWorker();
    const client = new PlanClient({ spawn: () => new FakeWorker(api).worker });
    const { files } = await client.exportPytorch(emptyDocument('A graph'));
    expect(new TextDecoder().decode(files?.get('train.py'))).toBe('A graph');
    client.terminate();
  });

  it('drops an answer that was overtaken, and starts another worker after one died', async () => {
    const { asked, answers, api } = planWorker();
    const fakes: FakeWorker[] = [];
    const client = new PlanClient({
      spawn: () => {
        const fake = new FakeWorker(api);
        fakes.push(fake);
        return fake.worker;
      },
    });
    const first = client.plan(request(1));
    await expect.poll(() => asked).toEqual([1]);
    const second = client.plan(request(2));
    answers[0]?.();
    expect(await first).toBeNull();
    await expect.poll(() => asked).toEqual([1, 2]);
    fakes[0]?.die('crash');
    await expect.poll(() => asked).toEqual([1, 2, 2]);
    answers[2]?.();
    expect(await second).toMatchObject({ revision: 2 });
    const third = client.plan(request(3));
    await expect.poll(() => asked).toEqual([1, 2, 2, 3]);
    fakes[1]?.die('crash');
    await expect.poll(() => fakes.length).toBe(3);
    fakes[2]?.die('second crash');
    await expect(third).rejects.toThrow('second crash');
    client.terminate();
  });
});

describe('SweepClient', () => {
  const failed: TrialAnswer = { outcome: null, diagnostics: [] };

  function sweep() {
    const fakes: FakeWorker[] = [];
    const answers: (() => void)[] = [];
    const api: SweepWorkerApi = {
      run: (_, onStep) => {
        onStep(1);
        return new Promise((resolve) => answers.push(() => resolve(failed)));
      },
    };
    const client = new SweepClient({
      spawn: () => {
        const fake = new FakeWorker(api);
        fakes.push(fake);
        return fake.worker;
      },
    });
    return { fakes, answers, client };
  }
  const trial = { document: emptyDocument(), engine: 'tfjs' } as const;

  it('trains a trial anew on another worker when one ends, and says why when that ends too', async () => {
    const { fakes, answers, client } = sweep();
    const steps: number[] = [];
    const answer = client.run(trial, (step) => steps.push(step));
    await expect.poll(() => steps).toEqual([1]);
    fakes[0]?.vanish();
    await expect.poll(() => steps).toEqual([1, 1]);
    answers[1]?.();
    expect(await answer).toEqual(failed);

    const second = client.run(trial, (step) => steps.push(step));
    await expect.poll(() => steps).toHaveLength(3);
    fakes.at(-1)?.die('crash');
    await expect.poll(() => steps).toHaveLength(4);
    fakes.at(-1)?.die('second crash');
    const { diagnostics } = await second;
    expect(diagnostics[0]?.message).toBe("The trial's worker stopped: second crash.");
  });

  it('trains nothing anew when it is ended', async () => {
    const { fakes, client } = sweep();
    const steps: number[] = [];
    const answer = client.run(trial, (step) => steps.push(step));
    await expect.poll(() => steps).toEqual([1]);
    client.terminate();
    expect((await answer).outcome).toBeNull();
    expect(fakes).toHaveLength(1);
  });
});
