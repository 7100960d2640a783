import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  documentArbitrary,
  labelArbitrary,
  parameterArbitrary,
  positionArbitrary,
} from '../../../tests/support/documentArbitrary';
import { invariant } from '../../core/invariant';
import { canonicalJson } from '../canonical';
import { selectFragment } from '../fragment';
import { documentIds } from '../freshId';
import {
  DEFAULT_OPTIMIZERS,
  DOCUMENT_LIMITS,
  documentSchema,
  emptyDocument,
  type BasinDocument,
} from '../schema';
import { duplicate, paste } from './clipboardCommands';
import { connect, disconnect, newEdge } from './edgeCommands';
import type { Edit } from './edit';
import { group, newGroup, setGroup, setGroupLabel, ungroup } from './groupCommands';
import {
  applyEdit,
  createHistory,
  endGesture,
  HISTORY_LIMITS,
  redo,
  undo,
  type History,
} from './history';
import { applyLayout, moveNodes, resizeItem } from './layoutCommands';
import { addNode, newNode, setLabel, setParameter, toggleBypass } from './nodeCommands';
import { removeSelection } from './selectionCommands';
import {
  replaceDocument,
  setClaims,
  setDescription,
  setTitle,
  setTraining,
} from './settingsCommands';

/** Milliseconds; a busy machine may take longer than the usual limit. */
const PATIENCE = 60_000;

function applied(history: History, edit: Edit): History {
  const result = applyEdit(history, edit);
  invariant(result.ok, result.diagnostics[0]?.message ?? 'refused');
  return result.value;
}

function undoAll(history: History): History {
  let state = history;
  while (state.past.length > 0) state = undo(state);
  return state;
}

function redoAll(history: History): History {
  let state = history;
  while (state.future.length > 0) state = redo(state);
  return state;
}

const withNode = addNode(newNode(emptyDocument(), 'module.mlp', 'Encoder', { x: 0, y: 0 }));

/** To paste and to open. */
const others = fc.sample(documentArbitrary, { seed: 5, numRuns: 10 });

/** An edit that fits whatever document it meets: ids are picked by number. */
type EditMaker = (document: BasinDocument) => Edit | 'end of gesture';

const editMaker: fc.Arbitrary<EditMaker> = fc
  .record({
    which: fc.nat(21),
    picks: fc.array(fc.nat(30), { minLength: 2, maxLength: 3 }),
    position: positionArbitrary,
    label: labelArbitrary,
    value: fc.option(parameterArbitrary, { nil: undefined }),
    other: fc.constantFrom(...others),
  })
  .map(({ which, picks, position, label, value, other }): EditMaker => (document) => {
    const ids = (items: readonly { id: string }[]): string[] =>
      items.length === 0 ? [] : picks.map((pick) => items[pick % items.length]?.id ?? '');
    const nodes = [...new Set(ids(document.nodes))];
    const groups = ids(document.groups);
    const [first = 'none', last = first] = nodes;
    const size = { width: 1 + Math.abs(position.y), height: 10 };
    const choices: EditMaker[] = [
      () => addNode(newNode(document, 'module.mlp', label, position, { a: value ?? null })),
      () => removeSelection({ nodes, edges: ids(document.edges), groups: groups.slice(0, 1) }),
      () =>
        connect(
          newEdge(document, { source: first, sourcePort: 'out', target: last, targetPort: 'x' }),
        ),
      () =>
        connect(
          newEdge(document, {
            source: last,
            sourcePort: label || 'y',
            target: first,
            targetPort: 'x',
          }),
          { replace: true },
        ),
      () => disconnect(ids(document.edges)),
      () => moveNodes({ [first]: position, [last]: { x: 1, y: 2 } }),
      () => setParameter(first, 'widths', value),
      () => setLabel(first, label),
      () => toggleBypass(nodes),
      () => group(newGroup(document, label, position, size), nodes),
      () => ungroup(groups),
      () => setGroup(nodes, groups[0] ?? null),
      () => setGroupLabel(groups[0] ?? 'none', label),
      () => resizeItem(groups[0] ?? first, size, position),
      () =>
        paste(
          document,
          selectFragment(
            other,
            other.nodes.map(({ id }) => id),
          ),
          position,
        ),
      () => duplicate(document, [...nodes, ...groups]),
      () => applyLayout({ [first]: position }),
      () => setTitle(label),
      () => setDescription(label),
      () => setClaims(other.claims ?? null),
      () => setTraining(other.training),
      () => replaceDocument(other),
      () => 'end of gesture',
    ];
    return choices[which % choices.length]?.(document) ?? 'end of gesture';
  });

/** Fits the schema, has unique ids, and no references to what is gone. */
function expectSound(document: BasinDocument): void {
  expect(documentSchema.safeParse(document).error).toBeUndefined();
  const [nodeIds, groupIds] = [document.nodes, document.groups].map(
    (items) => new Set(items.map(({ id }) => id)),
  );
  const all = documentIds(document);
  expect(new Set(all).size).toBe(all.length);
  const dangling = document.edges.filter(
    ({ source, target }) => !nodeIds?.has(source) || !nodeIds.has(target),
  );
  expect(dangling).toEqual([]);
  const lost = document.nodes.filter(({ group: of }) => of !== undefined && !groupIds?.has(of));
  expect(lost).toEqual([]);
}

describe('history, for any sequence of edits', () => {
  it(
    'is undone to the same document and redone to the same document; nothing given is changed',
    () => {
      fc.assert(
        fc.property(
          documentArbitrary,
          fc.array(editMaker, { maxLength: 15 }),
          (document, makers) => {
            const before = canonicalJson(document);
            const start = createHistory(document);
            let history = start;
            const passed = [start.present];
            const texts = [before];
            for (const make of makers) {
              const edit = make(history.present);
              history = edit === 'end of gesture' ? endGesture(history) : applied(history, edit);
              passed.push(history.present);
              texts.push(canonicalJson(history.present));
              expectSound(history.present);
            }
            const undone = undoAll(history);
            expect(canonicalJson(undone.present)).toBe(before);
            expect(undone.future).toHaveLength(history.past.length);
            expect(canonicalJson(redoAll(undone).present)).toBe(canonicalJson(history.present));
            expect(passed.map((each) => canonicalJson(each))).toEqual(texts);
          },
        ),
        { numRuns: 40 },
      );
    },
    PATIENCE,
  );
});

describe('applyEdit', () => {
  it('makes no step when nothing changes', () => {
    const history = applied(createHistory(emptyDocument()), withNode);
    for (const edit of [
      setTitle('Untitled'),
      setLabel('mlp', 'Encoder'),
      setLabel('gone', 'x'),
      setParameter('mlp', 'a', undefined),
      moveNodes({ mlp: { x: 0, y: 0 }, gone: { x: 1, y: 1 } }),
      setTraining({ batchSize: 128, optimizer: { ...DEFAULT_OPTIMIZERS.adam }, steps: undefined }),
      setClaims(null),
      removeSelection({ nodes: ['gone'] }),
      disconnect(['gone']),
      ungroup([]),
      toggleBypass([]),
      replaceDocument(structuredClone(history.present)),
    ]) {
      const result = applyEdit(history, edit);
      expect(result.ok && result.value).toBe(history);
    }
    const set = applied(history, setParameter('mlp', 'widths', [8, 4]));
    expect(applied(set, setParameter('mlp', 'widths', [8, 4]))).toBe(set);
  });

  it('shares what did not change, and freezes what it keeps', () => {
    const start = applied(createHistory(emptyDocument()), withNode);
    const next = applied(start, setTitle('New'));
    expect(next.present.nodes).toBe(start.present.nodes);
    expect(next.present.training).toBe(start.present.training);
    expect(Object.isFrozen(next.present.nodes[0]?.params)).toBe(true);
  });

  it('forgets what was undone', () => {
    const undone = undo(applied(createHistory(emptyDocument()), setTitle('A')));
    expect(undone.future).toHaveLength(1);
    expect(applied(undone, setTitle('B')).future).toEqual([]);
    expect(redo(createHistory(emptyDocument()))).toMatchObject({ past: [], future: [] });
  });

  it('refuses to grow over the caps, and keeps the history', () => {
    const document = {
      ...emptyDocument(),
      nodes: Array.from({ length: DOCUMENT_LIMITS.nodes }, (_, index) => ({
        ...newNode(emptyDocument(), 'note', '', { x: 0, y: 0 }),
        id: `n${index}`,
      })),
    };
    const history = createHistory(document);
    const result = applyEdit(history, addNode(newNode(document, 'note', '', { x: 0, y: 0 })));
    expect(result.ok).toBe(false);
    expect(result.diagnostics[0]).toMatchObject({ code: 'document.too-large' });
    expect(result.diagnostics[0]?.message).toMatch(/2001 nodes.*2000/);
  });

  it('keeps 200 steps', () => {
    let history = createHistory(emptyDocument());
    for (let step = 0; step < 250; step++) {
      history = endGesture(applied(history, setTitle(`Title ${step}`)));
    }
    expect(history.past).toHaveLength(HISTORY_LIMITS.steps);
    expect(undoAll(history).present.title).toBe('Title 49');
  });

  it('keeps fewer steps when they are heavy, and always the last', () => {
    let history = applied(createHistory(emptyDocument()), withNode);
    const text = 'x'.repeat(HISTORY_LIMITS.weight / 4);
    for (let step = 0; step < 10; step++) {
      history = endGesture(applied(history, setParameter('mlp', 'text', `${step}${text}`)));
    }
    expect(history.past.length).toBeGreaterThanOrEqual(1);
    expect(history.past.length).toBeLessThan(4);
    expect(undo(history).present.nodes[0]?.params['text']).toBe(`8${text}`);
  });
});

describe('one gesture is one step', () => {
  const start = applied(createHistory(emptyDocument()), withNode);
  const drag = (history: History, x: number): History =>
    applied(history, moveNodes({ mlp: { x, y: -x } }));

  it('merges edits of one key until the gesture ends', () => {
    let history = start;
    for (let x = 1; x <= 100; x++) history = drag(history, x);
    expect(history.past).toHaveLength(2);
    // A long drag costs what a short one does.
    expect(history.past[1]?.weight).toBe(drag(start, 100).past[1]?.weight);
    expect(undo(history).present.nodes[0]?.position).toEqual({ x: 0, y: 0 });
    expect(redo(undo(history)).present.nodes[0]?.position).toEqual({ x: 100, y: -100 });

    history = drag(endGesture(history), 7);
    expect(history.past).toHaveLength(3);
    expect(undo(history).present.nodes[0]?.position).toEqual({ x: 100, y: -100 });
  });

  it('stays small whatever moves when, and whether a value was set before', () => {
    const second = applied(
      start,
      addNode({ ...newNode(start.present, 'note', '', { x: 0, y: 0 }) }),
    );
    let history = endGesture(second);
    for (let x = 0; x <= 50; x++) {
      history = applied(history, moveNodes({ mlp: { x, y: 0 }, note: { x: x % 7, y: 0 } }));
    }
    expect(history.past.at(-1)?.weight).toBeLessThan(200);
    expect(undo(history).present).toBe(second.present);

    for (let rate = 0; rate <= 50; rate++) {
      history = applied(history, setParameter('mlp', 'rate', rate));
    }
    expect(history.past.at(-1)?.weight).toBeLessThan(200);
    const redone = redo(undo(history));
    expect(redone.present.nodes[0]?.params).toEqual({ rate: 50 });
    expect(undo(redone).present.nodes[0]?.params).toEqual({});
  });

  it('merges values that come and go', () => {
    let history = start;
    for (const value of [1, [2], undefined, { a: 3 }]) {
      history = applied(history, setParameter('mlp', 'p', value));
    }
    expect(history.past).toHaveLength(2);
    expect(undo(history).present.nodes[0]?.params).toEqual({});
    expect(redo(undo(history)).present.nodes[0]?.params).toEqual({ p: { a: 3 } });
  });

  it('does not merge over another edit, an undo, or edits without a key', () => {
    const between = applied(
      applied(drag(start, 1), setTitle('T')),
      moveNodes({ mlp: { x: 2, y: 0 } }),
    );
    expect(between.past).toHaveLength(4);
    expect(drag(redo(undo(drag(start, 1))), 2).past).toHaveLength(3);
    expect(applied(applied(start, toggleBypass(['mlp'])), toggleBypass(['mlp'])).past).toHaveLength(
      3,
    );
  });

  it('leaves no step when it ends where it began', () => {
    const back = drag(drag(drag(start, 1), 2), 0);
    expect(endGesture(applied(drag(start, 5), moveNodes({ mlp: { x: 0, y: 0 } }))).past).toEqual(
      start.past,
    );
    expect(endGesture(back).past).toEqual(start.past);
    expect(undo(endGesture(drag(start, 3))).present).toEqual(start.present);
  });
});
