import { createContext, useContext, useMemo, useRef, useState } from 'react';
import type { Analysis } from '../../compiler/analysis/analysis';
import type { BasinDocument } from '../../document/schema';
import { buildViews, NO_VIEWS } from '../model/buildViews';
import type { Views } from '../model/buildViews';
import { usePicturesState } from '../pictures/pictures';
import { useEditor, useEditorStore } from './useEditor';

const ViewsContext = createContext<Views>(NO_VIEWS);

interface Built {
  readonly document: BasinDocument;
  readonly withPictures: boolean;
  readonly views: Views;
}

/** What the canvas draws, shared by all parts of the editor that speak of nodes. */
export function ViewsProvider({ children }: { children: React.ReactNode }) {
  const { registry } = useEditorStore();
  const document = useEditor((state) => state.document);
  const analysis = useEditor((state) => state.analysis);
  const withPictures = usePicturesState(({ isOn }) => isOn);
  const previous = useRef(NO_VIEWS);
  // Undo brings back both document and analysis, and what was drawn of them.
  const [built] = useState(() => new WeakMap<Analysis, Built>());
  const views = useMemo(() => {
    const known = built.get(analysis);
    previous.current =
      known?.document === document && known.withPictures === withPictures
        ? known.views
        : buildViews(document, registry, analysis, previous.current, withPictures);
    built.set(analysis, { document, withPictures, views: previous.current });
    return previous.current;
  }, [built, document, registry, analysis, withPictures]);
  return <ViewsContext value={views}>{children}</ViewsContext>;
}

export function useViews(): Views {
  return useContext(ViewsContext);
}
