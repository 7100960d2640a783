import { describe, expect, it } from 'vitest';
import { NO_VIEWS } from '../../model/buildViews';
import { createUiStore } from '../../store/uiStore';
import { selectionOf } from '../../store/selection';
import { testStore } from '../../testSupport';
import { commandNeeds, type CommandContext } from './commandContext';
import { editorCommands } from './editorCommands';

/** The table without a canvas: what moves the view does nothing. */
function context(): CommandContext {
  const store = testStore();
  const nowhere = new Proxy({}, { get: () => () => undefined });
  return {
    store,
    ui: createUiStore(),
    flow: nowhere as CommandContext['flow'],
    views: NO_VIEWS,
    blocks: null,
    layout: undefined,
    mend: () => undefined,
    pointer: () => ({ x: 0, y: 0 }),
    fit: () => undefined,
    state: store.getState,
    needs: commandNeeds(store),
  };
}

describe('the table of commands', () => {
  const commands = editorCommands(context());

  it('gives no key and no id to two of them', () => {
    const keys = commands.flatMap((command) => command.keys ?? []);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    const ids = commands.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('writes keys as a press is named: modifiers in their order, letters as capitals', () => {
    for (const key of commands.flatMap((command) => command.keys ?? [])) {
      expect(key).toMatch(
        /^(Mod\+)?(Alt\+)?(Shift\+)?([A-Z0-9]|F[0-9]+|[A-Z][a-z]+|[^\p{L}\p{N}])$/u,
      );
    }
  });

  it('lets nothing act on a selection while there is none', () => {
    const acting = commands.filter(({ onSelection }) => onSelection);
    expect(acting.length).toBeGreaterThan(15);
    // Enter leads to the inspector, of the document too.
    const free = acting.filter(({ disabled }) => (disabled?.() ?? null) === null);
    expect(free.map(({ id }) => id)).toEqual(['graph.inspect']);
  });

  it('lets a single node be renamed, and several be aligned', () => {
    const one = context();
    const reasons = (nodes: string[]) => {
      one.store.select(selectionOf({ nodes }));
      return editorCommands(one)
        .filter(({ id }) => id === 'edit.rename')
        .map((command) => command.disabled?.());
    };
    expect(reasons(['x'])).toEqual([null]);
    expect(reasons(['x', 'encoder'])).toEqual(['Select one node or group first.']);
  });
});
