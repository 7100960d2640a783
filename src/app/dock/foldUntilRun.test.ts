import { describe, expect, it } from 'vitest';
import { testDocument, testStore } from '../../editor/testSupport';
import { createRunStore } from '../../panels/run/runStore';
import { createPageStore, showTab } from '../page/pageStore';
import { foldUntilRun } from './foldUntilRun';

function openPage(kept = new Map<string, string>()) {
  const editor = testStore();
  const run = createRunStore();
  const page = createPageStore();
  let id = 'first';
  foldUntilRun({
    editor,
    run,
    page,
    id: () => id,
    preferences: {
      get: (name) => kept.get(name) ?? null,
      set: (name, value) => void (value === null ? kept.delete(name) : kept.set(name, value)),
    },
  });
  const open = (name: string): void => {
    id = name;
    editor.open(testDocument());
  };
  const start = (): void => {
    run.setState({ state: 'idle' });
    run.setState({ state: 'compiling' });
  };
  const isOpen = (): boolean => page.getState().dockOpen;
  return { page, open, start, isOpen, kept };
}

describe('the dock', () => {
  it('is folded until a document runs, and for the next document again', () => {
    const { open, start, isOpen } = openPage();
    open('first');
    expect(isOpen()).toBe(false);
    start();
    expect(isOpen()).toBe(true);
    open('second');
    expect(isOpen()).toBe(false);
  });

  it('stays folded in further runs where it was folded by hand', () => {
    const { page, open, start, isOpen } = openPage();
    open('first');
    start();
    page.setState({ dockOpen: false });
    start();
    expect(isOpen()).toBe(false);
    open('second');
    start();
    expect(isOpen()).toBe(true);
  });

  it('is opened by a tab, and open after a reload of the same document', () => {
    const first = openPage();
    first.open('first');
    showTab(first.page, 'runs');
    expect(first.isOpen()).toBe(true);
    const reloaded = openPage(first.kept);
    reloaded.open('first');
    expect(reloaded.isOpen()).toBe(true);
    reloaded.open('second');
    expect(reloaded.isOpen()).toBe(false);
  });

  it('stays open with a tab that has something to say of any document', () => {
    const { page, open, isOpen } = openPage();
    open('first');
    showTab(page, 'landscape');
    open('second');
    expect(isOpen()).toBe(true);
    showTab(page, 'collapse');
    open('third');
    expect(isOpen()).toBe(false);
  });
});
