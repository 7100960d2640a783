import { beforeEach, describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import { moveNodes } from '../../document/commands/layoutCommands';
import { setParameter } from '../../document/commands/nodeCommands';
import { createEditorStore } from '../../editor/store/createEditorStore';
import type { EditorStore } from '../../editor/store/editorState';
import type { NodePicturesAnswer, NodePicturesRequest } from '../../../workers/protocol';
import { modelAt } from '../watch/testing/watched';
import { PicturesController } from './picturesController';

const DIGITS = sketchDocument({
  nodes: {
    digits: 'data.digits',
    noisy: 'view.noise',
    encoder: ['module.linear', { width: 4 }],
    vicreg: 'reg.vicreg',
  },
  edges: ['digits.x -> noisy.in', 'noisy.out -> encoder.in', 'encoder.out -> vicreg.z'],
});

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

let editor: EditorStore;
let controller: PicturesController;
let kept: Map<string, string>;
let asked: NodePicturesRequest[];
let waiting: (() => void)[];

/** Lets what was planned happen, and its answer come. */
async function goOn(): Promise<void> {
  await settled();
  for (const call of waiting.splice(0)) call();
  await settled();
}

beforeEach(() => {
  editor = createEditorStore({ registry, analyse });
  editor.open(DIGITS);
  kept = new Map();
  asked = [];
  waiting = [];
  controller = make();
});

function make(): PicturesController {
  return new PicturesController({
    editor,
    preferences: {
      get: (name) => kept.get(name) ?? null,
      set: (name, value) => void (value === null ? kept.delete(name) : kept.set(name, value)),
    },
    port: {
      nodePictures(request): Promise<NodePicturesAnswer> {
        asked.push(request);
        const { runId, revision, nodeIds } = request;
        const pictures = nodeIds.map((nodeId) => ({ nodeId, panes: [] }));
        return Promise.resolve({ runId, revision, pictures, diagnostics: [] });
      },
    },
    wait: (call) => void waiting.push(call),
  });
}

const shown = (): string[] => [...controller.state.getState().values.keys()];

describe('PicturesController', () => {
  it('asks for what is seen and can be drawn, in one question', async () => {
    await goOn();
    expect(asked).toEqual([]);
    for (const id of ['digits', 'noisy', 'encoder']) controller.watch(id);
    await goOn();
    expect(asked.map(({ nodeIds }) => nodeIds)).toEqual([['digits', 'noisy']]);
    expect(asked[0]).toMatchObject({ snapshot: null, runId: '' });
    expect(shown()).toEqual(['digits', 'noisy']);
  });

  it('asks no more for what is out of sight, and keeps it', async () => {
    controller.watch('digits');
    const stop = controller.watch('noisy');
    await goOn();
    stop();
    controller.show(modelAt(editor, 40));
    await goOn();
    expect(asked.map(({ nodeIds }) => nodeIds)).toEqual([['digits', 'noisy'], ['digits']]);
    expect(asked[1]).toMatchObject({ snapshot: { step: 40 } });
    expect(shown().sort()).toEqual(['digits', 'noisy']);
  });

  it('asks anew for other parameters, and for nothing when nodes move', async () => {
    controller.watch('noisy');
    await goOn();
    editor.edit(moveNodes({ noisy: { x: 9, y: 9 } }));
    await goOn();
    expect(asked).toHaveLength(1);
    editor.edit(setParameter('noisy', 'strength', 2));
    await goOn();
    expect(asked).toHaveLength(2);
  });

  it('follows each snapshot of a run once', async () => {
    controller.watch('digits');
    await goOn();
    const model = modelAt(editor, 40);
    controller.show(model);
    controller.show(model);
    controller.show(modelAt(editor, 80));
    await goOn();
    expect(asked.map(({ snapshot }) => snapshot?.step ?? null)).toEqual([null, 40, 80]);
  });

  it('forgets another document’s', async () => {
    controller.watch('digits');
    await goOn();
    editor.open(sketchDocument({ nodes: { points: 'data.points' }, edges: [] }));
    expect(shown()).toEqual([]);
    await goOn();
    expect(asked).toHaveLength(1);
  });

  it('asks for nothing while pictures are off, which is kept', async () => {
    controller.setOn(false);
    controller.watch('digits');
    controller.show(modelAt(editor, 40));
    await goOn();
    expect(asked).toEqual([]);
    expect(kept.get('pictures')).toBe('off');
    expect(make().state.getState().isOn).toBe(false);
    controller.setOn(true);
    await goOn();
    expect(asked).toHaveLength(1);
    expect(make().state.getState().isOn).toBe(true);
  });
});
