import { beforeEach, describe, expect, it } from 'vitest';
import { setParameter } from '../../document/commands/nodeCommands';
import { disconnect } from '../../document/commands/edgeCommands';
import { setTraining } from '../../document/commands/settingsCommands';
import type { KernelListing, ListedKernel } from '../../codegen/report/kernelListing';
import type { EditorStore } from '../../editor/store/editorState';
import { soundDocument, testStore } from '../../editor/testSupport';
import { createKernelsStore, type KernelsStore } from '../../panels/kernels/kernelsStore';
import type { PlanAnswer, PlanRequest } from '../../../workers/protocol';
import { KernelsController } from './kernelsController';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

function kernel(wgsl: string, nodes: readonly string[]): ListedKernel {
  return {
    name: wgsl,
    kind: 'map',
    nodes,
    count: 1,
    ops: 1,
    bytesRead: 4,
    bytesWritten: 4,
    workgroups: [1, 1],
    opNames: ['add'],
    reads: [],
    writes: [],
    wgsl,
  };
}

function listing(...kernels: ListedKernel[]): KernelListing {
  const { length } = kernels;
  return {
    dispatchesPerStep: length,
    passesPerStep: 1,
    buffers: 1,
    bytes: 4,
    peakBytes: 4,
    arenas: [],
    kernels,
  };
}

/** A worker that answers when the test says so. */
class FakePlanner {
  readonly asked: PlanRequest[] = [];
  private settle: { resolve: (answer: PlanAnswer) => void; reject: (error: Error) => void }[] = [];

  plan(request: PlanRequest): Promise<PlanAnswer> {
    this.asked.push(request);
    return new Promise((resolve, reject) => this.settle.push({ resolve, reject }));
  }

  async answer(which: number, kernels: ListedKernel[] | null): Promise<void> {
    const revision = this.asked[which]?.revision ?? NaN;
    this.settle[which]?.resolve({
      revision,
      target: { adapter: null, software: false },
      listing: kernels && listing(...kernels),
      compileMs: 1,
      diagnostics: kernels
        ? []
        : [{ code: 'shape.too-large', severity: 'error', message: 'Too large.' }],
    });
    await settled();
  }

  async fail(which: number): Promise<void> {
    this.settle[which]?.reject(new Error('worker is gone'));
    await settled();
  }
}

let editor: EditorStore;
let kernels: KernelsStore;
let planner: FakePlanner;
let controller: KernelsController;
let later: (() => void)[];

beforeEach(() => {
  editor = testStore(soundDocument());
  kernels = createKernelsStore();
  planner = new FakePlanner();
  later = [];
  controller = new KernelsController({
    editor,
    kernels,
    planner,
    later: (task) => void later.push(task),
  });
});

const lit = (): string[] => [...editor.overlays.getState().lit];
const rest = (): void => {
  editor.settle();
  later.splice(0).forEach((task) => task());
};
const A = kernel('a', ['x', 'encoder']);
const B = kernel('b', ['distance']);

describe('planning', () => {
  it('begins when somebody looks, and not again for the same graph', async () => {
    editor.edit(setTraining({ batchSize: 5 }));
    rest();
    expect(planner.asked).toEqual([]);
    const stop = controller.watch();
    expect(kernels.getState().planning).toBe(true);
    await planner.answer(0, [A, B]);
    expect(kernels.getState()).toMatchObject({ planning: false, problem: null });
    expect(kernels.getState().plan?.listing.kernels).toHaveLength(2);
    stop();
    controller.watch();
    expect(planner.asked).toHaveLength(1);
  });

  it('follows the graph once it rests, and drops what comes late', async () => {
    controller.watch();
    editor.edit(setTraining({ batchSize: 5 }));
    editor.edit(setTraining({ batchSize: 6 }));
    expect(planner.asked).toHaveLength(1);
    rest();
    expect(planner.asked).toHaveLength(2);
    expect(planner.asked[1]?.document).toBe(editor.getState().document);
    await planner.answer(0, [A]);
    expect(kernels.getState().plan).toBeNull();
    await planner.answer(1, [B]);
    expect(kernels.getState().plan?.listing.kernels).toEqual([B]);
  });

  it('is not for live values', () => {
    controller.watch();
    editor.edit(setParameter('distance', 'weight', 5));
    rest();
    expect(planner.asked).toHaveLength(1);
  });

  it('says what is wrong with a graph instead of asking', () => {
    editor.edit(disconnect(['e3']));
    controller.watch();
    expect(planner.asked).toEqual([]);
    expect(kernels.getState()).toMatchObject({ plan: null, planning: false });
    expect(kernels.getState().problem).toMatchObject({ canRetry: false });
    editor.undo();
    rest();
    expect(planner.asked).toHaveLength(1);
  });

  it('tells what the compiler says, and can be tried again after a failure', async () => {
    controller.watch();
    await planner.answer(0, null);
    expect(kernels.getState().problem).toEqual({ message: 'Too large.', canRetry: false });
    controller.retry();
    await planner.fail(1);
    expect(kernels.getState().problem).toEqual({ message: 'worker is gone.', canRetry: true });
    controller.retry();
    await planner.answer(2, [A]);
    expect(kernels.getState().problem).toBeNull();
  });

  it('forgets the plan of a document that is closed', async () => {
    controller.watch();
    await planner.answer(0, [A]);
    controller.choose(0);
    editor.open(soundDocument());
    expect(kernels.getState()).toMatchObject({ plan: null, chosen: null });
    expect(lit()).toEqual([]);
  });
});

describe('the chosen kernel', () => {
  it('lights up its nodes while somebody looks', async () => {
    const stop = controller.watch();
    await planner.answer(0, [A, B]);
    controller.choose(0);
    expect(lit()).toEqual(['x', 'encoder']);
    stop();
    expect(lit()).toEqual([]);
    controller.watch();
    expect(lit()).toEqual(['x', 'encoder']);
    controller.choose(null);
    expect(lit()).toEqual([]);
  });

  it('stays chosen in a new plan that still has it, and only then', async () => {
    controller.watch();
    await planner.answer(0, [A, B]);
    controller.choose(1);
    editor.edit(setTraining({ batchSize: 5 }));
    rest();
    await planner.answer(1, [B]);
    expect(kernels.getState().chosen).toBe(0);
    expect(lit()).toEqual(['distance']);
    editor.edit(setTraining({ batchSize: 6 }));
    rest();
    await planner.answer(2, [A]);
    expect(kernels.getState().chosen).toBeNull();
    expect(lit()).toEqual([]);
  });
});
