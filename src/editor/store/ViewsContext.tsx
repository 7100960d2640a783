import { createContext, useContext, useMemo, useRef, useState } from 'react';
import type { Analysis } from '../../compiler/analysis/analysis';
import { buildViews, NO_VIEWS } from '../model/buildViews';
import type { Views } from '../model/buildViews';
import { usePicturesState } from '../pictures/pictures';
import { useEditor, useEditorStore } from './useEditor';

const ViewsContext = createContext<Views>(NO_VIEWS);

/** What the canvas draws, shared by all parts of the editor that speak of nodes. */
export function ViewsProvider({ children }: { children: React.ReactNode }) {
  const { registry } = useEditorStore();
  const document = useEditor((state) => state.document);
  const analysis = useEditor((state) => state.analysis);
  const withPictures = usePicturesState(({ isOn }) => isOn);
  const previous = useRef(NO_VIEWS);
  // Undo brings back both document and analysis, and what was drawn of them.
  const [built] = useState(() => new WeakMap<Analysis, Views>());
  const views = useMemo(() => {
    const before = built.get(analysis) ?? previous.current;
    previous.current = buildViews(document, registry, analysis, before, withPictures);
    built.set(analysis, previous.current);
    return previous.current;
  }, [built, document, registry, analysis, withPictures]);
  return <ViewsContext value={views}>{children}</ViewsContext>;
}

export function useViews(): Views {
  return useContext(ViewsContext);
}
