import { beforeEach, describe, expect, it } from 'vitest';
import { registry } from '../../../nodes/index';
import { analyse } from '../../compiler/analysis/analyse';
import { sketchDocument } from '../../compiler/testing/testGraphs';
import { createEditorStore } from '../../editor/store/createEditorStore';
import type { EditorStore } from '../../editor/store/editorState';
import { createSequenceStore, type SequenceStore } from '../../panels/sequence/sequenceStore';
import type { SequenceAnswer, SequenceRequest } from '../../../workers/protocol';
import { DECODED_MOONS, modelAt } from '../watch/testing/watched';
import { SequenceController } from './sequenceController';

const FILM = { sequences: 2, steps: 3, pictures: null, paths: [] };
const FILMED = sketchDocument({
  nodes: {
    dots: ['data.movingDots', { sequences: 20, length: 3, size: 4 }],
    encoder: ['module.linear', { width: 2 }],
    vicreg: 'reg.vicreg',
  },
  edges: ['dots.frames -> encoder.in', 'encoder.out -> vicreg.z'],
});

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Answers when the test says so. */
class FakePort {
  readonly asked: SequenceRequest[] = [];
  private readonly answers: ((answer: SequenceAnswer | null) => void)[] = [];

  sequence(request: SequenceRequest): Promise<SequenceAnswer | null> {
    this.asked.push(request);
    return new Promise((resolve) => this.answers.push(resolve));
  }

  async answer(which: number, change: Partial<SequenceAnswer> = {}): Promise<void> {
    const request = this.asked[which];
    if (!request) throw new Error('it was not asked');
    const { snapshot, runId, revision, withFilm } = request;
    const frame = { step: snapshot?.step ?? null, sequences: 2, curves: [], places: [] };
    const film = withFilm ? FILM : null;
    this.answers[which]?.({ runId, revision, frame, film, diagnostics: [], ...change });
    await settled();
  }
}

let editor: EditorStore;
let sequence: SequenceStore;
let port: FakePort;
let controller: SequenceController;

beforeEach(() => {
  editor = createEditorStore({ registry, analyse });
  editor.open(FILMED);
  sequence = createSequenceStore();
  port = new FakePort();
  controller = new SequenceController({ editor, sequence, port, glimpse: () => null });
});

describe('SequenceController', () => {
  it('asks for the film once, and for each snapshot what is made of it', async () => {
    controller.watch();
    expect(port.asked[0]).toMatchObject({ snapshot: null, withFilm: true });
    await port.answer(0);
    expect(sequence.getState()).toMatchObject({ hasTime: true, film: FILM, frame: { step: null } });
    controller.show(modelAt(editor, 40));
    await port.answer(1);
    controller.show(modelAt(editor, 80));
    expect(port.asked[2]).toMatchObject({ snapshot: { step: 80 }, withFilm: false });
    await port.answer(2);
    expect(sequence.getState()).toMatchObject({ film: FILM, frame: { step: 80 } });
  });

  it('asks nothing where no data has time', () => {
    editor.open(DECODED_MOONS);
    controller.watch();
    expect(port.asked).toEqual([]);
    expect(sequence.getState()).toMatchObject({ hasTime: false, frame: null, problem: null });
  });

  it('tells a failure and asks again only when it is told to', async () => {
    controller.watch();
    const message = 'No memory.';
    await port.answer(0, {
      frame: null,
      diagnostics: [{ code: 'run.failed', severity: 'warning', message }],
    });
    expect(sequence.getState().problem).toEqual({ message, canRetry: true });
    controller.show(null);
    expect(port.asked).toHaveLength(1);
    controller.retry();
    await port.answer(1);
    expect(sequence.getState()).toMatchObject({ problem: null, film: FILM });
  });

  it('drops what was asked of another document', async () => {
    controller.watch();
    editor.open(DECODED_MOONS);
    await settled();
    await port.answer(0);
    expect(sequence.getState()).toMatchObject({ hasTime: false, frame: null, film: null });
  });
});
