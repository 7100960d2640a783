import { useReactFlow } from '@xyflow/react';
import { Search } from 'lucide-react';
import { useCallback, useDeferredValue, useRef, useState } from 'react';
import type { NodeDefinition } from '../../graph/nodeDefinition';
import { addNodeAt } from '../commands/addNode';
import { CATEGORIES, CATEGORY_TITLES, searchKinds } from '../search/searchKinds';
import { useEditor, useEditorStore } from '../store/useEditor';
import styles from './Palette.module.css';
import { PaletteItem } from './PaletteItem';

/** Places of nodes added one after another: apart enough to see that there are two. */
const CASCADE = 32;

/** The left side: every kind of node, to drag onto the canvas or to add by click or Enter. */
export function Palette({ footer }: { footer?: React.ReactNode }) {
  const store = useEditorStore();
  const flow = useReactFlow();
  const readOnly = useEditor((state) => state.readOnly);
  const [query, setQuery] = useState('');
  const found = searchKinds(store.registry.definitions, useDeferredValue(query));
  const added = useRef(0);

  const add = useCallback(
    (definition: NodeDefinition) => {
      const canvas = document.querySelector('.react-flow');
      const box = canvas?.getBoundingClientRect();
      if (!box) return;
      const offset = (added.current++ % 6) * CASCADE;
      const centre = flow.screenToFlowPosition({
        x: box.left + box.width / 2,
        y: box.top + box.height / 2,
      });
      addNodeAt(store, definition, { x: centre.x + offset, y: centre.y + offset });
    },
    [flow, store],
  );

  return (
    <nav className={styles.palette} aria-label="Palette" data-testid="palette">
      <div className={styles.search}>
        <Search size={14} aria-hidden />
        <input
          type="search"
          value={query}
          placeholder="Search nodes"
          aria-label="Search nodes"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            const [first] = found;
            if (event.key === 'Enter' && first && !readOnly) add(first);
            if (event.key === 'Escape') setQuery('');
          }}
        />
      </div>
      <div className={styles.list}>
        {found.length === 0 && <p className={styles.none}>No node is called “{query}”.</p>}
        {CATEGORIES.map((category) => {
          const kinds = found.filter((definition) => definition.category === category);
          if (kinds.length === 0) return null;
          return (
            <section key={category} data-category={category} aria-label={CATEGORY_TITLES[category]}>
              <h3 className={styles.category}>{CATEGORY_TITLES[category]}</h3>
              {kinds.map((definition) => (
                <PaletteItem
                  key={definition.kind}
                  definition={definition}
                  disabled={readOnly}
                  onAdd={add}
                />
              ))}
            </section>
          );
        })}
      </div>
      {footer}
    </nav>
  );
}
