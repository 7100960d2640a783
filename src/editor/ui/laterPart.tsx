import { useEffect, useSyncExternalStore, type ComponentType } from 'react';
import { ComingPart, type Coming } from '../../core/watch/comingPart';

/** What is drawn in the place of a part that is not here. */
export interface PartToCome {
  /** With its article, as the subject of a sentence. */
  readonly what: string;
  readonly coming: Exclude<Coming<unknown>, { readonly state: 'here' }>;
}

/** How a part stands, which is asked for when that is first drawn. */
export function useComing<T>(part: ComingPart<T>): Coming<T> {
  const coming = useSyncExternalStore(part.subscribe, part.current, part.current);
  useEffect(() => {
    // Whoever draws this says so.
    part.ask().catch(() => undefined);
  }, [part]);
  return coming;
}

/**
 * A component whose code comes when it is first drawn. `Meanwhile` stands in its place until then, and says what there is to say; where
 * that is nothing, somebody else does.
 */
export function laterPart<Props extends object>(
  what: string,
  load: () => Promise<ComponentType<Props>>,
  Meanwhile: ComponentType<NoInfer<Props> & { readonly part: PartToCome }>,
): ComponentType<Props> {
  const part = new ComingPart(what, load);
  return function LaterPart(props: Props) {
    const coming = useComing(part);
    if (coming.state !== 'here') return <Meanwhile {...props} part={{ what, coming }} />;
    const Part = coming.value;
    return <Part {...props} />;
  };
}

/** Meanwhile, where somebody else says what there is to say. */
export function Nothing(): null {
  return null;
}
