import { Command as Menu } from 'cmdk';
import { Boxes } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { searchBlocks, useBlockList } from '../blocks/blocks';
import { Glyph } from '../canvas/node/glyphs';
import { addNodeAt } from '../commands/addNode';
import { placeOnEdge } from '../commands/bendEdge';
import { insertBlock } from '../commands/blocks';
import { fittingKindPort } from '../connection/candidates';
import { edgeType, passage } from '../connection/insertion';
import { resolveParameters } from '../parameters/resolveParameters';
import { useEditorStore } from '../store/useEditor';
import { useUi, useUiStore } from '../store/uiStore';
import type { SearchRequest } from '../store/uiStore';
import { useViews } from '../store/ViewsContext';
import { kindEntries } from './kindEntries';
import { CATEGORY_TITLES, searchKinds } from './searchKinds';
import styles from './SearchPalette.module.css';

const WIDTH = 320;
const HEIGHT = 340;

/** The palette at the pointer: roles and every kind by name, or only those that a loose link fits. */
export function SearchPalette() {
  const request = useUi((state) => state.search);
  return request === null ? null : <OpenPalette request={request} />;
}

function OpenPalette({ request }: { request: SearchRequest }) {
  const store = useEditorStore();
  const ui = useUiStore();
  const [query, setQuery] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const { from, at, position, onEdge } = request;
  const views = useViews();

  const offered = useMemo(() => {
    const { registry } = store;
    const { document } = store.getState();
    const entries = kindEntries(registry);
    if (onEdge !== undefined) {
      const type = edgeType(document, registry, onEdge);
      return entries.filter(
        ({ definition, params }) =>
          type && passage(definition.ports(resolveParameters(definition, params)), type) !== null,
      );
    }
    return from === null
      ? entries
      : entries.filter((one) => fittingKindPort({ document, registry }, from, one) !== null);
  }, [store, from, onEdge]);
  const found = searchKinds(offered, query);
  const own = useBlockList();
  const blocks =
    from === null && onEdge === undefined && query.trim() !== '' ? searchBlocks(own, query) : [];

  const close = (): void => ui.setState({ search: null });
  useEffect(() => {
    const outside = (event: PointerEvent): void => {
      if (!(event.target instanceof Node) || !box.current?.contains(event.target)) {
        ui.setState({ search: null });
      }
    };
    window.addEventListener('pointerdown', outside, true);
    return () => window.removeEventListener('pointerdown', outside, true);
  }, [ui]);

  return (
    <div
      ref={box}
      className={styles.box}
      role="dialog"
      aria-label={
        from !== null
          ? `Nodes that “${from.port}” fits`
          : onEdge === undefined
            ? 'Add a node'
            : 'Nodes that fit on the edge'
      }
      style={{
        left: Math.max(8, Math.min(at.x, window.innerWidth - WIDTH - 8)),
        top: Math.max(8, Math.min(at.y, window.innerHeight - HEIGHT - 8)),
        width: WIDTH,
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          close();
        }
      }}
    >
      <Menu shouldFilter={false} loop label="Kinds of node">
        <Menu.Input
          autoFocus
          className={styles.input}
          value={query}
          onValueChange={setQuery}
          placeholder={
            from !== null
              ? `Connect “${from.port}” to a new node…`
              : onEdge === undefined
                ? 'Add a node…'
                : 'Insert a node on the edge…'
          }
        />
        <Menu.List className={styles.list}>
          {blocks.map((block) => (
            <Menu.Item
              key={block.id}
              value={`block ${block.id}`}
              className={styles.item}
              onSelect={() => {
                close();
                insertBlock(store, block, position);
              }}
            >
              <span className={styles.glyph}>
                <Boxes size={16} aria-hidden />
              </span>
              <span className={styles.title}>{block.name}</span>
              <span className={styles.category}>My blocks</span>
            </Menu.Item>
          ))}
          {found.length + blocks.length === 0 && (
            <div className={styles.empty}>No kind of node fits.</div>
          )}
          {found.map((entry) => {
            const { icon, category } = entry.definition;
            return (
              <Menu.Item
                key={entry.id}
                value={entry.id}
                className={styles.item}
                data-category={category}
                onSelect={() => {
                  close();
                  const place =
                    onEdge === undefined ? null : placeOnEdge(store, views, onEdge, position);
                  addNodeAt(store, entry, position, from, place);
                }}
              >
                <span className={styles.glyph}>
                  <Glyph icon={icon} category={category} />
                </span>
                <span className={styles.title}>{entry.title}</span>
                <span className={styles.category}>{CATEGORY_TITLES[category]}</span>
              </Menu.Item>
            );
          })}
        </Menu.List>
      </Menu>
    </div>
  );
}
