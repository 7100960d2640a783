import { createContext, useContext, useEffect, useState } from 'react';

/** A graph that shows what a kind of node is for. */
export interface Use {
  readonly id: string;
  readonly title: string;
  /** Figure or section of the notes that it follows. */
  readonly place: string;
  open(): void;
}

/** Finds the graphs that a kind is used in, those to begin with first. */
export type FindUses = (kind: string) => Promise<readonly Use[]>;

/** Nothing is known of other graphs: an editor on its own. */
export const UsesContext = createContext<FindUses | null>(null);

/** Uses of a kind; null until they are known. */
export function useUses(kind: string): readonly Use[] | null {
  const find = useContext(UsesContext);
  const [found, setFound] = useState<{ kind: string; uses: readonly Use[] } | null>(null);
  useEffect(() => {
    let isWanted = true;
    void find?.(kind).then(
      (uses) => isWanted && setFound({ kind, uses }),
      () => isWanted && setFound({ kind, uses: [] }),
    );
    return () => {
      isWanted = false;
    };
  }, [find, kind]);
  return found?.kind === kind ? found.uses : null;
}
