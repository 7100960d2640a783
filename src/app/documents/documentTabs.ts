import { afterEach, beforeEach } from 'vitest';
import type { BasinDocument } from '../../document/schema';
import { emptyDocument } from '../../document/schema';
import { testStore } from '../../editor/testSupport';
import type { EditorStore } from '../../editor/store/editorState';
import { createDocumentStore } from '../persistence/documentStore';
import type { DocumentStore } from '../persistence/documentStore';
import type { Attempts } from '../page/attempts';
import type { Preferences } from '../preferences';
import { DocumentController } from './documentController';

export interface Tab {
  readonly editor: EditorStore;
  readonly store: DocumentStore;
  readonly documents: DocumentController;
  /** Lets the quiet pass. */
  settle(): Promise<void>;
}

let counter = 0;

/** For tests: tabs of one browser, which is another one in each test. */
export function documentTabs() {
  let database = '';
  let tabs: Tab[] = [];
  const kept = new Map<string, string>();
  const preferences: Preferences = {
    get: (name) => kept.get(name) ?? null,
    set: (name, value) => void (value === null ? kept.delete(name) : kept.set(name, value)),
  };
  const openStore = (): DocumentStore => createDocumentStore(database);

  beforeEach(() => {
    database = `documents-${counter++}`;
    tabs = [];
    kept.clear();
  });

  afterEach(async () => {
    for (const { documents, store } of tabs) {
      documents.dispose();
      await store.close();
    }
  });

  const openTab = (store: DocumentStore = openStore(), attempts?: Attempts): Tab => {
    const editor = testStore(emptyDocument());
    let pending: (() => void)[] = [];
    const later = (task: () => void) => {
      pending.push(task);
      return () => void (pending = pending.filter((other) => other !== task));
    };
    const newId = (): string => `id${counter++}`;
    const own = { editor, store, preferences, later, newId };
    const documents = new DocumentController(attempts ? { ...own, attempts } : own);
    const tab = {
      editor,
      store,
      documents,
      async settle() {
        pending.splice(0).forEach((task) => task());
        await documents.flush();
      },
    };
    tabs.push(tab);
    return tab;
  };
  return { openTab, openStore, preferences };
}

export const titled = (title: string): BasinDocument => emptyDocument(title);

export const titles = async ({ store }: Tab): Promise<string[]> => {
  const list = await store.list();
  return list.ok ? list.value.map(({ title }) => title).sort() : [];
};
