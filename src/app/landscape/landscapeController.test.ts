import { beforeEach, describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { LANDSCAPE_PLANES } from '../../compiler/programs/landscape/planes';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import type { Diagnostic } from '../../core/diagnostic';
import { disconnect } from '../../document/commands/edgeCommands';
import { setParameter } from '../../document/commands/nodeCommands';
import { createEditorStore } from '../../editor/store/createEditorStore';
import type { EditorStore } from '../../editor/store/editorState';
import { createLandscapeStore, type LandscapeStore } from '../../panels/landscape/landscapeStore';
import type { Descent, LandscapeFrame } from '../../probing/landscape/landscapeFrame';
import type {
  DescentAnswer,
  DescentRequest,
  LandscapeAnswer,
  LandscapeRequest,
  PicturesAnswer,
  PicturesRequest,
  PredictionAnswer,
  PredictionRequest,
} from '../../../workers/protocol';
import { plainFrame } from '../../probing/landscape/testing/landscapes';
import type { Model } from '../run/runSessions';
import { LandscapeController } from './landscapeController';
import { DECODED_MOONS, modelAt } from '../watch/testing/watched';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

const RANGE = { x: [-1, 1], y: [-1, 1] } as const;

function frameOf({ viewId, snapshot, range, sample }: LandscapeRequest): LandscapeFrame {
  return plainFrame({
    ...{ viewId, step: snapshot?.step ?? null, range: range ?? RANGE },
    sample: { index: sample, count: 10 },
  });
}

/** Answers when the test says so. */
class FakePort {
  readonly asked: LandscapeRequest[] = [];
  readonly descents: DescentRequest[] = [];
  readonly predictions: PredictionRequest[] = [];
  private readonly frames: ((answer: LandscapeAnswer | null) => void)[] = [];
  private readonly ways: ((answer: DescentAnswer | null) => void)[] = [];

  landscape(request: LandscapeRequest): Promise<LandscapeAnswer | null> {
    this.asked.push(request);
    return new Promise((resolve) => this.frames.push(resolve));
  }

  descend(request: DescentRequest): Promise<DescentAnswer | null> {
    this.descents.push(request);
    return new Promise((resolve) => this.ways.push(resolve));
  }

  predict(request: PredictionRequest): Promise<PredictionAnswer | null> {
    this.predictions.push(request);
    const { runId, revision, chosen } = request;
    const [a = NaN, b = NaN] = chosen.value;
    return Promise.resolve({ runId, revision, prediction: [a + 10, b], diagnostics: [] });
  }

  pictures(request: PicturesRequest): Promise<PicturesAnswer | null> {
    const { runId, revision, snapshot } = request;
    const strip = { step: snapshot?.step ?? null, count: 1, rows: [] };
    return Promise.resolve({ runId, revision, strip, diagnostics: [] });
  }

  answer(which: number, diagnostics: readonly Diagnostic[] = []): Promise<void> {
    return this.tell(which, diagnostics.length === 0 ? {} : null, diagnostics);
  }

  /** As much of a landscape as has come. */
  part(which: number, missing: number): Promise<void> {
    return this.tell(which, { missing });
  }

  private async tell(
    which: number,
    known: Partial<LandscapeFrame> | null,
    diagnostics: readonly Diagnostic[] = [],
  ): Promise<void> {
    const request = this.asked[which];
    if (!request) throw new Error('it was not asked');
    const frame = known && { ...frameOf(request), ...known };
    this.frames[which]?.({ runId: '', revision: 0, frame, diagnostics });
    await settled();
  }

  async overtake(which: number): Promise<void> {
    this.frames[which]?.(null);
    await settled();
  }

  async lead(which: number, descent: Descent): Promise<void> {
    this.ways[which]?.({ runId: '', revision: 0, descent, diagnostics: [] });
    await settled();
  }
}

let editor: EditorStore;
let landscape: LandscapeStore;
let port: FakePort;
let controller: LandscapeController;
let glimpse: () => Promise<Model | null> | null;

beforeEach(() => {
  editor = createEditorStore({ registry, analyse });
  editor.open(DECODED_MOONS);
  landscape = createLandscapeStore();
  port = new FakePort();
  glimpse = () => null;
  controller = new LandscapeController({ editor, landscape, port, glimpse: () => glimpse() });
});

describe('LandscapeController', () => {
  it('asks for nothing while nobody looks', async () => {
    controller.show(modelAt(editor, 3));
    editor.edit(setParameter('energy', 'weight', 2));
    await settled();
    expect(port.asked).toEqual([]);
    controller.watch();
    expect(port.asked).toHaveLength(1);
  });

  it('draws the first variable with the initial weights, then each snapshot of the run', async () => {
    const stop = controller.watch();
    expect(landscape.getState()).toMatchObject({
      variables: [
        { id: 'points.y', symbol: 'F', argument: 'y', held: '' },
        { id: 'z.z', symbol: 'E', argument: 'z', held: 'y' },
        { id: 'weights', symbol: 'L', argument: 'θ', controls: ['objective'] },
        { id: 'missing:surface', shows: 'nothing' },
        { id: 'missing:target', shows: 'nothing' },
        { id: 'missing:code', shows: 'nothing' },
      ],
      chosen: { id: 'points.y' },
      computing: true,
    });
    expect(port.asked[0]).toMatchObject({ viewId: 'points.y', snapshot: null, range: null });
    await port.answer(0);
    expect(landscape.getState()).toMatchObject({ frame: { step: null }, computing: false });
    controller.show(modelAt(editor, 50));
    controller.show(modelAt(editor, 100));
    await port.overtake(1);
    await port.answer(2);
    expect(landscape.getState().frame?.step).toBe(100);
    controller.show(null);
    expect(port.asked.at(-1)?.snapshot).toBeNull();
    const { length } = port.asked;
    stop();
    controller.show(modelAt(editor, 150));
    expect(port.asked).toHaveLength(length);
  });

  it('follows live values of the graph, and keeps to the graph that ran once it is another one', async () => {
    controller.watch();
    controller.show(modelAt(editor, 50));
    editor.edit(setParameter('energy', 'weight', 2));
    await settled();
    expect(port.asked.at(-1)?.document).toBe(editor.getState().document);
    expect(port.asked.at(-1)?.snapshot?.step).toBe(50);
    const trained = modelAt(editor, 50);
    controller.show(trained);
    expect(landscape.getState().stale).toBe(false);
    editor.edit(setParameter('decoder', 'bias', false));
    await settled();
    expect(port.asked.at(-1)?.document).toBe(trained.document);
    expect(landscape.getState().stale).toBe(true);
    editor.undo();
    await settled();
    expect(port.asked.at(-1)?.document).toBe(editor.getState().document);
    expect(landscape.getState().stale).toBe(false);
    editor.edit(setParameter('decoder', 'bias', false));
    controller.show(null);
    expect(port.asked.at(-1)).toMatchObject({
      document: editor.getState().document,
      snapshot: null,
    });
    expect(landscape.getState().stale).toBe(false);
  });

  it('drops what was asked of another variable, and forgets its range', async () => {
    controller.watch();
    controller.setRange({ x: [0, 1], y: [0, 1] });
    expect(port.asked.at(-1)?.range).toEqual({ x: [0, 1], y: [0, 1] });
    await port.answer(1);
    controller.setSample(4);
    controller.choose('z.z');
    expect(landscape.getState()).toMatchObject({ chosen: { id: 'z.z' }, frame: null, range: null });
    await port.answer(2);
    expect(landscape.getState().frame).toBeNull();
    expect(port.asked.at(-1)).toMatchObject({ viewId: 'z.z', range: null, sample: 0 });
    await port.answer(3);
    expect(landscape.getState().frame?.viewId).toBe('z.z');
    controller.setSample(7);
    expect(port.asked.at(-1)?.sample).toBe(7);
  });

  it('descends from a point, again whenever the landscape changes, until it is called off', async () => {
    controller.watch();
    await port.answer(0);
    controller.descendFrom([0.5, 0.25]);
    expect(port.descents).toMatchObject([{ viewId: 'points.y', from: [0.5, 0.25], range: RANGE }]);
    const way: Descent = {
      ...{ path: [[0.5, 0.25]], energies: [1], end: 'minimum', beside: 0, last: null },
    };
    await port.lead(0, way);
    expect(landscape.getState().descent).toBe(way);
    controller.show(modelAt(editor, 50));
    await port.answer(1);
    expect(port.descents[1]?.snapshot?.step).toBe(50);
    controller.descendFrom(null);
    await port.lead(1, way);
    expect(landscape.getState()).toMatchObject({ start: null, descent: null });
    controller.show(modelAt(editor, 100));
    await port.answer(2);
    expect(port.descents).toHaveLength(2);
  });

  it('shows the y of a chosen z, again whenever the landscape changes, and of no other variable', async () => {
    controller.watch();
    expect(landscape.getState().value).toEqual({ key: 'z.z', value: [0, 0] });
    await port.answer(0);
    expect(landscape.getState().prediction).toEqual([10, 0]);
    expect(port.predictions).toMatchObject([{ viewId: 'points.y', range: RANGE }]);
    controller.chooseValue({ key: 'z.z', value: [0.5, -1] });
    await settled();
    expect(landscape.getState().prediction).toEqual([10.5, -1]);
    controller.show(modelAt(editor, 50));
    await port.answer(1);
    expect(port.predictions[2]).toMatchObject({
      snapshot: { step: 50 },
      chosen: { value: [0.5, -1] },
    });
    controller.choose('z.z');
    expect(landscape.getState()).toMatchObject({ value: null, prediction: null });
    await port.answer(2);
    expect(port.predictions).toHaveLength(3);
  });

  it('draws what a run has come to, without waiting for its evaluations, and its end', async () => {
    let step = 10;
    glimpse = () => Promise.resolve(modelAt(editor, ++step));
    controller.watch();
    await port.answer(0);
    expect(port.asked.map(({ snapshot }) => snapshot?.step)).toEqual([undefined, 11]);
    // The evaluation of a step that the picture is past, or soon will be.
    controller.show(modelAt(editor, 10));
    controller.show(modelAt(editor, 12));
    expect(port.asked).toHaveLength(2);
    glimpse = () => null;
    await port.answer(1);
    await expect
      .poll(() => port.asked.map(({ snapshot }) => snapshot?.step))
      .toEqual([undefined, 11, 12]);
  });

  it('tells a failure, and tries again only when asked to or when the graph is another one', async () => {
    controller.watch();
    await port.answer(0, [
      { code: 'run.out-of-memory', severity: 'warning', message: 'Too much.' },
    ]);
    expect(landscape.getState()).toMatchObject({
      frame: null,
      problem: { message: 'Too much.', canRetry: true },
    });
    editor.edit(setParameter('energy', 'weight', 3));
    await settled();
    expect(port.asked).toHaveLength(1);
    controller.retry();
    expect(port.asked).toHaveLength(2);
    await port.answer(1);
    expect(landscape.getState().problem).toBeNull();
    editor.edit(setParameter('decoder', 'bias', false));
    await settled();
    expect(port.asked).toHaveLength(3);
  });

  it('says why there is none: an error of the graph', async () => {
    controller.watch();
    await port.answer(0);
    const [edge] = editor.getState().document.edges.filter(({ target }) => target === 'energy');
    editor.edit(disconnect([edge?.id ?? '']));
    await settled();
    expect(landscape.getState()).toMatchObject({ frame: null, problem: { canRetry: false } });
    editor.undo();
    await settled();
    await port.answer(1);
    expect(landscape.getState()).toMatchObject({ problem: null, frame: { viewId: 'points.y' } });
  });

  it('says of a plane that the graph does not have what it needs, and draws nothing', async () => {
    controller.watch();
    await port.answer(0);
    const missing = landscape.getState().variables?.filter(({ shows }) => shows === 'nothing');
    expect(missing).toEqual(
      LANDSCAPE_PLANES.filter(({ kind }) => ['surface', 'target', 'code'].includes(kind)).map(
        ({ kind, title, needs }) => ({
          ...{ shows: 'nothing', id: `missing:${kind}`, label: title, needs },
        }),
      ),
    );
    controller.choose('missing:surface');
    await settled();
    expect(landscape.getState()).toMatchObject({
      chosen: { shows: 'nothing', needs: expect.stringContaining('of one number each') as string },
      frame: null,
      problem: null,
    });
    expect(port.asked).toHaveLength(1);
  });

  it('lays slices elsewhere, and asks for gradients when they are to be seen', async () => {
    controller.watch();
    await port.answer(0);
    expect(port.asked[0]).toMatchObject({ arrows: false, slice: { first: 0, second: 1 } });
    controller.setSlice({ second: 5 });
    expect(port.asked[1]).toMatchObject({ slice: { first: 0, second: 5 } });
    await port.answer(1);
    controller.setLook({ hidden: new Set() });
    expect(port.asked[2]).toMatchObject({ arrows: true });
    await port.answer(2);
    controller.setLook({ scale: 'log' });
    controller.setLook({ hidden: new Set(['arrows']) });
    expect(port.asked).toHaveLength(3);
    editor.open(DECODED_MOONS);
    await settled();
    expect(port.asked.at(-1)).toMatchObject({ arrows: false, slice: { second: 1 } });
  });

  it('shows a landscape in parts as it comes the first time, and later only whole ones', async () => {
    controller.watch();
    await port.answer(0);
    controller.choose('weights');
    await port.part(1, 100);
    expect(landscape.getState()).toMatchObject({ frame: { missing: 100 }, computing: true });
    await port.part(2, 50);
    expect(landscape.getState().frame?.missing).toBe(50);
    await port.answer(3);
    expect(landscape.getState()).toMatchObject({ frame: { missing: 0 }, computing: false });
    expect(port.asked).toHaveLength(4);
    controller.show(modelAt(editor, 50));
    await port.part(4, 100);
    expect(landscape.getState().frame).toMatchObject({ step: null, missing: 0 });
    await port.answer(5);
    expect(landscape.getState().frame).toMatchObject({ step: 50, missing: 0 });
    // Other directions begin anew, and what was being asked of those before ends.
    controller.show(modelAt(editor, 60));
    controller.setSlice({ seed: 1 });
    await port.part(6, 100);
    await port.part(7, 100);
    expect(landscape.getState().frame?.missing).toBe(100);
    expect(port.asked.slice(7).every(({ slice }) => slice.seed === 1)).toBe(true);
  });

  it('shows pictures where a graph makes images, after its landscapes', async () => {
    editor.open(
      sketchDocument({
        nodes: {
          digits: 'data.digits',
          encoder: ['module.linear', { width: 2 }],
          decoder: ['module.mlp', { outputShape: [8, 8, 1] }],
          energy: 'energy.squared',
        },
        edges: [
          ...['digits.x -> encoder.in', 'encoder.out -> decoder.in', 'decoder.out -> energy.a'],
          'digits.x -> energy.b',
        ],
      }),
    );
    controller.watch();
    await settled();
    expect(landscape.getState()).toMatchObject({
      chosen: { id: 'pictures', shows: 'pictures' },
      frame: null,
      strip: { step: null },
      problem: null,
    });
    controller.show(modelAt(editor, 50));
    await settled();
    expect(landscape.getState().strip?.step).toBe(50);
    expect(port.asked).toEqual([]);
  });
});
