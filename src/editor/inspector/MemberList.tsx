import { selectionOf } from '../store/selection';
import { useEditorStore } from '../store/useEditor';
import { useViews } from '../store/ViewsContext';
import styles from './Inspector.module.css';
import { useShortened } from './useShortened';

/** More are listed when they are asked for. */
const FIRST = 200;

/** Nodes by label, each a button that selects it alone. */
export function MemberList({ ids }: { ids: readonly string[] }) {
  const store = useEditorStore();
  const views = useViews();
  const { listed, showAll } = useShortened(ids, FIRST);
  return (
    <ul className={styles.members}>
      {listed.map((id) => {
        const view = views.nodes.get(id);
        if (view === undefined) return null;
        return (
          <li key={id} data-category={view.category}>
            <span className={styles.dot} aria-hidden />
            <button
              type="button"
              className={styles.neighbour}
              onClick={() => store.select(selectionOf({ nodes: [id] }))}
            >
              {view.label}
            </button>
            <span className={styles.category}>{view.state}</span>
          </li>
        );
      })}
      {showAll && <li>{showAll}</li>}
    </ul>
  );
}
