import { useState } from 'react';
import { formatWhole } from '../../core/formatNumber';
import styles from './Inspector.module.css';

/**
 * The first of a long list and, where that is not all, a button for the rest. No more is drawn than is looked at: a thousand rows
 * of fields take the browser longer to lay out than the graph itself.
 */
export function useShortened<T>(
  items: readonly T[],
  first: number,
): { readonly listed: readonly T[]; readonly showAll: React.ReactNode } {
  const [showsAll, setShowsAll] = useState(false);
  if (showsAll || items.length <= first) return { listed: items, showAll: null };
  return {
    listed: items.slice(0, first),
    showAll: (
      <button type="button" className={styles.neighbour} onClick={() => setShowsAll(true)}>
        {`Show all ${formatWhole(items.length)}`}
      </button>
    ),
  };
}
