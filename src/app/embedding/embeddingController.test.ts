import { beforeEach, describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import { disconnect } from '../../document/commands/edgeCommands';
import { createEditorStore } from '../../editor/store/createEditorStore';
import type { EditorStore } from '../../editor/store/editorState';
import { createEmbeddingStore, type EmbeddingStore } from '../../panels/embedding/embeddingStore';
import type { EmbeddingFrame, SampleTable } from '../../probing/embedding/embeddingFrame';
import type { EmbeddingAnswer, EmbeddingRequest } from '../../../workers/protocol';
import { EmbeddingController } from './embeddingController';
import { DECODED_MOONS, modelAt } from '../watch/testing/watched';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

function frameOf({ settings, snapshot }: EmbeddingRequest): EmbeddingFrame {
  const { port, method, dimensions } = settings;
  return {
    ...{ port, method, dimensions, step: snapshot?.step ?? null, times: null, scalars: null },
    ...{ places: new Float32Array(), samples: new Int32Array(), width: 2, leftOut: 0 },
    explained: null,
  };
}

const TABLE: SampleTable = { dataset: 'moons', columns: [], labels: null };

/** Answers when the test says so. */
class FakePort {
  readonly asked: EmbeddingRequest[] = [];
  stops = 0;
  progress: (part: number) => void = () => undefined;
  private readonly answers: ((answer: EmbeddingAnswer) => void)[] = [];

  embed(request: EmbeddingRequest, progress: (part: number) => void): Promise<EmbeddingAnswer> {
    this.asked.push(request);
    this.progress = progress;
    return new Promise((resolve) => this.answers.push(resolve));
  }

  stopEmbedding(): Promise<void> {
    this.stops++;
    return Promise.resolve();
  }

  async answer(which: number, change: Partial<EmbeddingAnswer> = {}): Promise<void> {
    const request = this.asked[which];
    if (!request) throw new Error('it was not asked');
    const { runId, revision, withSamples } = request;
    const samples = withSamples ? TABLE : null;
    this.answers[which]?.({
      ...{ runId, revision, frame: frameOf(request), samples, stopped: false, diagnostics: [] },
      ...change,
    });
    await settled();
  }
}

let editor: EditorStore;
let embedding: EmbeddingStore;
let port: FakePort;
let controller: EmbeddingController;

beforeEach(() => {
  editor = createEditorStore({ registry, analyse });
  editor.open(DECODED_MOONS);
  embedding = createEmbeddingStore();
  port = new FakePort();
  controller = new EmbeddingController({ editor, embedding, port, glimpse: () => null });
});

describe('EmbeddingController', () => {
  it('asks for nothing while nobody looks', async () => {
    controller.show(modelAt(editor, 3));
    await settled();
    expect(port.asked).toEqual([]);
  });

  it('draws the first learned values with the initial weights, and says what else there is', async () => {
    controller.watch();
    expect(embedding.getState()).toMatchObject({
      ports: [
        { key: 'decoder.out', label: 'decoder', width: 2 },
        { key: 'z.z', label: 'z', width: 2 },
        { key: 'points.y', label: 'points', width: 2 },
      ],
      energies: [{ nodeId: 'energy', label: 'energy' }],
      settings: { port: 'decoder.out', method: 'pca' },
      computing: true,
    });
    expect(port.asked[0]).toMatchObject({ snapshot: null, withSamples: true });
    port.progress(0.25);
    expect(embedding.getState().progress).toBe(0.25);
    await port.answer(0);
    expect(embedding.getState()).toMatchObject({
      ...{ computing: false, progress: null, samples: TABLE },
      frame: { port: 'decoder.out', step: null },
    });
  });

  it('asks for one at a time, and of what comes meanwhile for the newest', async () => {
    controller.watch();
    controller.show(modelAt(editor, 10));
    controller.show(modelAt(editor, 20));
    expect(port.asked).toHaveLength(1);
    await port.answer(0);
    expect(port.asked[1]).toMatchObject({ snapshot: { step: 20 }, withSamples: false });
    await port.answer(1);
    expect(embedding.getState().frame?.step).toBe(20);
    expect(port.asked).toHaveLength(2);
  });

  it('ends what is under way when something else is chosen, and drops its answer', async () => {
    controller.watch();
    await port.answer(0);
    controller.choose({ method: 'umap' });
    controller.choose({ dimensions: 3 });
    expect(port.stops).toBe(1);
    await port.answer(1, { stopped: true });
    expect(embedding.getState().frame).toBeNull();
    expect(port.asked[2]?.settings).toMatchObject({ method: 'umap', dimensions: 3 });
    await port.answer(2);
    expect(embedding.getState().frame).toMatchObject({ method: 'umap', dimensions: 3 });
  });

  it('knows of another model by its number, and of the same one too', async () => {
    controller.watch();
    await port.answer(0);
    controller.choose({ colour: { by: 'norm' } });
    await port.answer(1);
    controller.show(modelAt(editor, 10));
    await port.answer(2);
    const [first, second, third] = port.asked.map(({ modelId }) => modelId);
    expect(second).toBe(first);
    expect(third).not.toBe(second);
  });

  it('stays with a step when it is told to, and goes on from the newest', async () => {
    controller.watch();
    await port.answer(0);
    controller.follow(false);
    controller.show(modelAt(editor, 10));
    expect(port.asked).toHaveLength(1);
    controller.follow(true);
    expect(port.asked[1]?.snapshot?.step).toBe(10);
    await port.answer(1);
    controller.choose({ method: 'umap' });
    controller.stop();
    expect(embedding.getState().following).toBe(false);
    await port.answer(2, { stopped: true });
    expect(embedding.getState().frame?.method).toBe('umap');
    expect(port.asked).toHaveLength(3);
  });

  it('tells a failure and tries again only when asked to', async () => {
    controller.watch();
    await port.answer(0, {
      frame: null,
      diagnostics: [{ code: 'run.non-finite', severity: 'warning', message: 'Infinite.' }],
    });
    expect(embedding.getState()).toMatchObject({
      problem: { message: 'Infinite.', canRetry: true },
    });
    controller.retry();
    expect(port.asked).toHaveLength(2);
    await port.answer(1);
    expect(embedding.getState()).toMatchObject({ problem: null, frame: { step: null } });
  });

  it('says that a graph does not compile', async () => {
    controller.watch();
    await port.answer(0);
    const [edge] = editor.getState().document.edges.filter(({ target }) => target === 'energy');
    editor.edit(disconnect([edge?.id ?? '']));
    await settled();
    expect(embedding.getState()).toMatchObject({ frame: null, problem: { canRetry: false } });
  });

  it('is idle where there is nothing to draw', async () => {
    editor.open(sketchDocument({ nodes: {} }));
    controller.watch();
    await settled();
    expect(port.asked).toEqual([]);
    expect(embedding.getState().computing).toBe(false);
  });
});
