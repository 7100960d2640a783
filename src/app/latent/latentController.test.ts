import { beforeEach, describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import { createEditorStore } from '../../editor/store/createEditorStore';
import type { EditorStore } from '../../editor/store/editorState';
import { createLatentStore, type LatentStore } from '../../panels/latent/latentStore';
import type { LatentFrame } from '../../probing/latent/latentFrame';
import type { LatentAnswer, LatentRequest } from '../../../workers/protocol';
import { LatentController } from './latentController';
import { DECODED_MOONS } from '../watch/testing/watched';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Answers when the test says so. */
class FakePort {
  readonly asked: LatentRequest[] = [];
  private readonly answers: ((answer: LatentAnswer | null) => void)[] = [];

  latent(request: LatentRequest): Promise<LatentAnswer | null> {
    this.asked.push(request);
    return new Promise((resolve) => this.answers.push(resolve));
  }

  async answer(which: number, change: Partial<LatentAnswer> = {}): Promise<void> {
    const request = this.asked[which];
    if (!request) throw new Error('it was not asked');
    const { settings, snapshot, runId, revision } = request;
    const { viewId, sample } = settings;
    const frame: LatentFrame = {
      ...{ viewId, sample, step: snapshot?.step ?? null, samples: 10, width: 2 },
      ...{ traversals: [], gallery: null, points: null, range: null, nearest: null },
      ...{ code: new Float32Array(2), chosen: new Float32Array(2), target: new Float32Array(2) },
      ...{ mean: new Float32Array(2), deviation: new Float32Array(2), made: new Float32Array(2) },
    };
    this.answers[which]?.({ runId, revision, frame, samples: null, diagnostics: [], ...change });
    await settled();
  }
}

let editor: EditorStore;
let latent: LatentStore;
let port: FakePort;
let controller: LatentController;

beforeEach(() => {
  editor = createEditorStore({ registry, analyse });
  editor.open(DECODED_MOONS);
  latent = createLatentStore();
  port = new FakePort();
  controller = new LatentController({ editor, latent, port, glimpse: () => null });
});

describe('LatentController', () => {
  it('asks for the code of the first sample, with the samples once', async () => {
    controller.watch();
    expect(latent.getState().chosen).toMatchObject({ id: 'z.z', target: 'points', picture: null });
    expect(port.asked[0]).toMatchObject({
      settings: { viewId: 'z.z', sample: 0, changes: {} },
      withSamples: true,
    });
    await port.answer(0);
    controller.setSample(4);
    expect(port.asked[1]).toMatchObject({ settings: { sample: 4 }, withSamples: false });
  });

  it('adds changes up until another sample is looked at', () => {
    controller.watch();
    controller.change({ 0: 1 });
    controller.change({ 1: -2 });
    expect(port.asked.at(-1)?.settings.changes).toEqual({ 0: 1, 1: -2 });
    controller.restore();
    expect(port.asked.at(-1)?.settings.changes).toEqual({});
    controller.change({ 0: 3 });
    controller.setSample(2);
    expect(port.asked.at(-1)?.settings).toMatchObject({ sample: 2, changes: {} });
  });

  it('tells a failure and asks again only when it is told to', async () => {
    controller.watch();
    await port.answer(0, {
      frame: null,
      diagnostics: [{ code: 'run.failed', severity: 'warning', message: 'No memory.' }],
    });
    expect(latent.getState().problem).toEqual({ message: 'No memory.', canRetry: true });
    controller.setSample(1);
    expect(port.asked).toHaveLength(1);
    controller.retry();
    await port.answer(1);
    expect(latent.getState()).toMatchObject({ problem: null, frame: { sample: 1 } });
  });

  it('drops what was asked of another document', async () => {
    controller.watch();
    editor.open(sketchDocument({ nodes: { points: ['data.points', { shape: 'moons' }] } }));
    await settled();
    await port.answer(0);
    expect(latent.getState().frame).toBeNull();
  });
});
