import { describe, expect, it } from 'vitest';
import { emptyDocument } from '../../src/document/schema';
import type { Descent, LandscapeFrame } from '../../src/probing/landscape/landscapeFrame';
import { USUAL_SETTINGS } from '../../src/probing/landscape/testing/landscapes';
import type { PictureStrip } from '../../src/probing/pictures/pictureStrip';
import type { ProbeStudy } from '../../src/probing/probeStudy';
import type { ProbeReport } from '../../src/probing/report';
import type {
  DescentAnswer,
  DescentRequest,
  EmbeddingAnswer,
  EmbeddingRequest,
  LatentAnswer,
  LatentRequest,
  LandscapeAnswer,
  LandscapeRequest,
  NodePicturesAnswer,
  NodePicturesRequest,
  PicturesAnswer,
  PicturesRequest,
  PredictionAnswer,
  PredictionRequest,
  ProbeAnswer,
  ProbeRequest,
  ProbeStudyAnswer,
  ProbeStudyRequest,
  ProbeWorkerApi,
  SequenceAnswer,
  SequenceRequest,
} from '../protocol';
import { FakeWorker } from './fakeWorker';
import { ProbeClient } from './probeClient';
import { snapshotAt } from './snapshotAt';

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
