import { createContext, useContext, useMemo, useRef } from 'react';
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
  const views = useMemo(() => {
    previous.current = buildViews(document, registry, analysis, previous.current, withPictures);
    return previous.current;
  }, [document, registry, analysis, withPictures]);
  return <ViewsContext value={views}>{children}</ViewsContext>;
}

export function useViews(): Views {
  return useContext(ViewsContext);
}
