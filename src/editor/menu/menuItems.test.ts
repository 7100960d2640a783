import { expect, it } from 'vitest';
import { commandNeeds } from '../commands/table/commandContext';
import { editorCommands } from '../commands/table/editorCommands';
import { NO_VIEWS } from '../model/buildViews';
import { EMPTY_SELECTION, selectionOf } from '../store/selection';
import { createUiStore } from '../store/uiStore';
import { testStore } from '../testSupport';
import { MENU_ITEMS, menuTarget } from './menuItems';

it('names commands that there are, and each once in a menu', () => {
  const store = testStore();
  const context = {
    store,
    ui: createUiStore(),
    views: NO_VIEWS,
    blocks: null,
    layout: undefined,
    state: store.getState,
    needs: commandNeeds(store),
  };
  // Nothing is run: the canvas has no part in this.
  const commands = editorCommands(context as unknown as Parameters<typeof editorCommands>[0]);
  const known = new Set(commands.map(({ id }) => id));
  for (const parts of Object.values(MENU_ITEMS)) {
    const ids = parts.flat();
    expect(ids.filter((id) => !known.has(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  }
});

it('is about what is selected', () => {
  expect(menuTarget(EMPTY_SELECTION)).toBe('canvas');
  expect(menuTarget(selectionOf({ nodes: ['a'] }))).toBe('node');
  expect(menuTarget(selectionOf({ groups: ['g'] }))).toBe('group');
  expect(menuTarget(selectionOf({ edges: ['e'] }))).toBe('edge');
  expect(menuTarget(selectionOf({ nodes: ['a'], edges: ['e'] }))).toBe('selection');
});
