import type { EditorStore } from '../../editor/store/editorState';
import type { RunStore } from '../../panels/run/runStore';
import type { PageStore } from '../page/pageStore';
import type { Preferences } from '../preferences';
import { DOCK_TABS } from './dockTabs';
import { keepDockOpen, wasDockOpen } from './openDock';

interface FoldOptions {
  readonly editor: EditorStore;
  readonly run: RunStore;
  readonly page: PageStore;
  readonly preferences: Preferences;
  /** Of the open document. */
  readonly id: () => string;
}

/**
 * The dock takes no room while it has nothing to say: with a tab that needs a run it is folded until the first run of a document,
 * which opens it unless it was folded by hand. An open one is open after a reload too.
 */
export function foldUntilRun({ editor, run, page, preferences, id }: FoldOptions): void {
  let byHand = false;
  editor.subscribe(({ openedRevision }, before) => {
    if (openedRevision === before.openedRevision) return;
    page.setState(({ dockOpen, tab }) => ({
      dockOpen: wasDockOpen(preferences, id()) || (dockOpen && !needsRun(tab)),
    }));
    if (page.getState().dockOpen) keepDockOpen(preferences, id());
    byHand = false;
  });
  run.subscribe(({ state }, before) => {
    if (before.state === 'idle' && state !== 'idle' && !byHand) page.setState({ dockOpen: true });
  });
  page.subscribe(({ dockOpen }, before) => {
    if (dockOpen === before.dockOpen) return;
    byHand = !dockOpen;
    keepDockOpen(preferences, dockOpen ? id() : null);
  });
}

function needsRun(tab: string | null): boolean {
  const shown = DOCK_TABS.find(({ id }) => id === tab) ?? DOCK_TABS[0];
  return shown?.needsRun === true;
}
