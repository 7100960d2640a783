import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { emptyDocument } from '../../document/schema';
import { setTitle } from '../../document/commands/settingsCommands';
import type { EditorStore } from '../../editor/store/editorState';
import { testStore } from '../../editor/testSupport';
import { unkeptDocuments, unkeptPreferences } from '../embed/unkept';
import type { DocumentsState } from './documentsState';
import { DocumentSaver } from './documentSaver';

interface Save {
  readonly at: number;
  readonly title: string;
}

/** Milliseconds that a write takes. */
const WRITE = 40;

let editor: EditorStore;
let saver: DocumentSaver;
let saves: Save[];

beforeEach(() => {
  vi.useFakeTimers();
  editor = testStore(emptyDocument());
  saves = [];
  const store = unkeptDocuments();
  saver = new DocumentSaver({
    editor,
    store: {
      ...store,
      async save(...given) {
        await new Promise((resolve) => setTimeout(resolve, WRITE));
        saves.push({ at: Date.now(), title: given[1].title });
        return store.save(...given);
      },
    },
    preferences: unkeptPreferences(),
    state: createStore<DocumentsState>(() => ({
      id: 'one',
      save: 'saved',
      gone: null,
      fault: null,
      unread: null,
      list: [],
      bin: [],
    })),
    now: Date.now,
  });
});

afterEach(() => vi.useRealTimers());

async function edit(title: string, pause: number): Promise<void> {
  editor.edit(setTitle(title));
  saver.saveSoon();
  await vi.advanceTimersByTimeAsync(pause);
}

describe('DocumentSaver', () => {
  it('writes a change at once', async () => {
    await edit('One', WRITE);
    expect(saves.map(({ title }) => title)).toEqual(['One']);
  });

  it('never has more than a second unsaved, however steadily changes come, and ends with the last', async () => {
    const start = Date.now();
    const edits: Save[] = [];
    for (let count = 0; count < 84; count++) {
      edits.push({ at: Date.now(), title: `Nudge ${count}` });
      await edit(`Nudge ${count}`, 178);
    }
    for (let moment = start; moment < Date.now(); moment += 10) {
      const saved = saves.findLast(({ at }) => at <= moment)?.title;
      const last = edits.findIndex(({ title }) => title === saved);
      const unsaved = edits[last + 1];
      expect(moment - (unsaved?.at ?? moment)).toBeLessThanOrEqual(1000);
    }
    // Not one for each change.
    expect(saves.length).toBeLessThan(40);
    await vi.advanceTimersByTimeAsync(1000);
    expect(saves.at(-1)?.title).toBe('Nudge 83');
  });
});
