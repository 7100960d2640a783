import { useReactFlow } from '@xyflow/react';
import { Toolbar } from 'radix-ui';
import { useCallback, useDeferredValue, useRef, useState } from 'react';
import { plural } from '../../core/formatNumber';
import type { Position } from '../../document/schema';
import { searchBlocks, useBlockList, type KeptBlock } from '../blocks/blocks';
import { canvasCentre } from '../canvas/flow/canvasBox';
import { addNodeAt } from '../commands/addNode';
import { insertBlock } from '../commands/blocks';
import { nodeLabel } from '../model/documentNode';
import { kindEntries, type KindEntry } from '../search/kindEntries';
import { CATEGORIES, CATEGORY_TITLES, searchKinds } from '../search/searchKinds';
import type { EditorStore } from '../store/editorState';
import { useEditor, useEditorStore } from '../store/useEditor';
import { SearchField } from '../ui/SearchField';
import { MyBlocks } from './MyBlocks';
import styles from './Palette.module.css';
import { PaletteItem } from './PaletteItem';

/** Places of nodes added one after another: apart enough to see that there are two. */
const CASCADE = 32;

/** What the search field is for; other keys keep their meaning. */
const LETTER = /^[\p{L}\p{N}]$/u;

/**
 * The left side: roles and every kind of node, to drag onto the canvas or to add by click or Enter. The list is one stop for Tab: arrows,
 * Home and End move in it, and letters go to the search.
 */
export function Palette({ footer }: { footer?: React.ReactNode }) {
  const store = useEditorStore();
  const flow = useReactFlow();
  const readOnly = useEditor((state) => state.readOnly);
  // The list grows while it is shown.
  useEditor((state) => state.kinds);
  const [query, setQuery] = useState('');
  const asked = useDeferredValue(query);
  const found = searchKinds(kindEntries(store.registry), asked);
  const blocks = searchBlocks(useBlockList(), asked);
  const isSearch = asked.trim() !== '';
  const added = useRef(0);
  /** For who does not see the canvas: a tap moves the focus to no node. */
  const [said, setSaid] = useState('');
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);

  /** In the middle of the canvas. */
  const add = useCallback(
    (put: (centre: Position) => void) => {
      const offset = (added.current++ % 6) * CASCADE;
      const centre = flow.screenToFlowPosition(canvasCentre());
      put({ x: centre.x + offset, y: centre.y + offset });
      setSaid(additionSentence(store));
    },
    [flow, store],
  );
  const addKind = useCallback(
    (entry: KindEntry) => add((centre) => void addNodeAt(store, entry, centre)),
    [add, store],
  );
  const addBlock = useCallback(
    (block: KeptBlock) => add((centre) => insertBlock(store, block, centre)),
    [add, store],
  );

  /** The field has the keyboard before the letter is entered. */
  const typeAhead = (event: React.KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !LETTER.test(event.key)) return;
    // Else a letter that is a shortcut would do its thing as well.
    event.stopPropagation();
    search.current?.focus();
    search.current?.select();
  };

  return (
    <nav className={styles.palette} aria-label="Palette" data-testid="palette">
      <SearchField
        ref={search}
        className={styles.search}
        label="Search nodes"
        placeholder="Search nodes"
        value={query}
        onChange={setQuery}
        onKeyDown={(event) => {
          const [first] = found;
          const [block] = blocks;
          if (event.key === 'Enter' && !readOnly) {
            if (first) addKind(first);
            else if (block) addBlock(block);
          }
          if (event.key === 'Escape') setQuery('');
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          list.current?.querySelector('button')?.focus();
        }}
      />
      <Toolbar.Root
        ref={list}
        className={styles.list}
        orientation="vertical"
        loop={false}
        aria-label="Kinds of node"
        onKeyDown={typeAhead}
      >
        {found.length + blocks.length === 0 && (
          <p className={styles.none}>No node is called “{query}”.</p>
        )}
        {isSearch && found.length > 0 && (
          <div role="group" aria-label="Found">
            {found.map((entry) => (
              <PaletteItem key={entry.id} entry={entry} disabled={readOnly} onAdd={addKind} />
            ))}
          </div>
        )}
        {CATEGORIES.map((category) => {
          const kinds = found.filter(({ definition }) => definition.category === category);
          if (isSearch || kinds.length === 0) return null;
          return (
            <div
              key={category}
              role="group"
              data-category={category}
              aria-label={CATEGORY_TITLES[category]}
            >
              <h3 className={styles.category}>{CATEGORY_TITLES[category]}</h3>
              {kinds.map((entry) => (
                <PaletteItem key={entry.id} entry={entry} disabled={readOnly} onAdd={addKind} />
              ))}
            </div>
          );
        })}
        <MyBlocks blocks={blocks} disabled={readOnly} onAdd={addBlock} />
      </Toolbar.Root>
      <p className={styles.said} role="status" data-testid="palette-said">
        {said}
      </p>
      {footer}
    </nav>
  );
}

/** What has just been added is selected. The number of nodes makes two sentences of two additions of one block. */
function additionSentence({ getState, registry }: EditorStore): string {
  const { document, selection } = getState();
  const names = document.nodes
    .filter(({ id }) => selection.nodes.has(id))
    .map((node) => `“${nodeLabel(registry, node)}”`);
  const groups = document.groups
    .filter(({ id }) => selection.groups.has(id))
    .map(({ label }) => `“${label}”`);
  return `Added: ${[...groups, ...names].join(', ')}. The graph has ${plural(document.nodes.length, 'node')}.`;
}
