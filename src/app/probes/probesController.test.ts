import { beforeEach, describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import { setParameter } from '../../document/commands/nodeCommands';
import { createEditorStore } from '../../editor/store/createEditorStore';
import type { EditorStore } from '../../editor/store/editorState';
import { createProbesStore, type ProbesStore } from '../../panels/probes/probesStore';
import type { ProbeStudy } from '../../probing/probeStudy';
import type { ProbeStudyAnswer, ProbeStudyRequest } from '../../../workers/protocol';
import { ProbesController } from './probesController';
import { modelAt } from '../watch/testing/watched';

const DOCUMENT = sketchDocument({
  nodes: {
    points: ['data.points', { shape: 'moons', count: 50 }],
    encoder: ['module.linear', { width: 2 }],
    energy: 'energy.squared',
    knn: 'probe.knn',
  },
  edges: [
    ...['points.y -> encoder.in', 'encoder.out -> energy.a', 'points.y -> energy.b'],
    'encoder.out -> knn.in',
  ],
});

const EFFICIENCY: ProbeStudy = { kind: 'efficiency', measure: 'accuracy', points: [] };

/** Answers when the test says so. */
class FakePort {
  readonly asked: ProbeStudyRequest[] = [];
  private readonly waiting: ((answer: ProbeStudyAnswer | null) => void)[] = [];

  study(request: ProbeStudyRequest): Promise<ProbeStudyAnswer | null> {
    this.asked.push(request);
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  async answer(which: number, study: ProbeStudy | null, message?: string): Promise<void> {
    const diagnostics =
      message === undefined ? [] : [{ code: 'run.failed', severity: 'warning', message } as const];
    this.waiting[which]?.({ runId: '', revision: 0, study, diagnostics });
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

let editor: EditorStore;
let probes: ProbesStore;
let port: FakePort;
let controller: ProbesController;

beforeEach(() => {
  editor = createEditorStore({ registry, analyse });
  editor.open(DOCUMENT);
  probes = createProbesStore();
  port = new FakePort();
  controller = new ProbesController({ editor, probes, port });
});

describe('ProbesController', () => {
  it('asks with the initial weights before any run, then with the newest ones', async () => {
    controller.study('knn', { kind: 'efficiency' });
    expect(probes.getState().asking).toEqual({ nodeId: 'knn', kind: 'efficiency' });
    expect(port.asked[0]).toMatchObject({ snapshot: null, nodeId: 'knn' });
    await port.answer(0, EFFICIENCY);
    expect(probes.getState().studies.get('knn')).toEqual({
      efficiency: { study: EFFICIENCY, step: null },
    });
    controller.show(modelAt(editor, 50));
    controller.study('knn', { kind: 'efficiency' });
    expect(port.asked[1]?.snapshot?.step).toBe(50);
    await port.answer(1, EFFICIENCY);
    expect(probes.getState().studies.get('knn')?.efficiency?.step).toBe(50);
    controller.show(null);
    expect(probes.getState().studies.size).toBe(0);
  });

  it('takes the graph as it is where the run is still of it, and that of the run otherwise', () => {
    const model = modelAt(editor, 50);
    controller.show(model);
    editor.edit(setParameter('knn', 'neighbours', 5));
    controller.study('knn', { kind: 'efficiency' });
    expect(port.asked[0]?.document).toBe(editor.getState().document);
    editor.edit(setParameter('encoder', 'bias', false));
    controller.study('knn', { kind: 'efficiency' });
    expect(port.asked[1]?.document).toBe(model.document);
  });

  it('says why there is no answer, and drops one that is late', async () => {
    controller.study('knn', { kind: 'efficiency' });
    await port.answer(0, null, 'Too much.');
    expect(probes.getState()).toMatchObject({ problem: 'Too much.', asking: null });
    controller.study('knn', { kind: 'neighbours', sample: 1 });
    editor.open(DOCUMENT);
    await port.answer(1, EFFICIENCY);
    expect(probes.getState()).toMatchObject({ asking: null, problem: null });
    expect(probes.getState().studies.size).toBe(0);
  });
});
