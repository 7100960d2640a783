import { useEffect, useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { Editor } from '../editor/Editor';
import { UsesContext } from '../editor/inspector/uses';
import type { Narrow } from '../editor/narrow/narrow';
import { useScreen } from '../editor/narrow/screen';
import type { Pictures } from '../editor/pictures/pictures';
import { LookContext } from '../editor/store/look';
import { SayContext, sayNothing } from '../editor/ui/useSay';
import { createGuideStore } from '../panels/guide/guideStore';
import type { FirstView } from './firstView';
import type { Later } from './later';
import { arePicturesOn } from './pictures/picturesChoice';
import styles from './Page.module.css';

interface PageProps {
  readonly first: FirstView;
  /** Null until its code is there. */
  readonly later: Later | null;
  /** In place of the top bar meanwhile. */
  readonly waiting?: ReactNode;
}

const NO_GUIDE = createGuideStore(false);

/** The page: the editor with its bars, and what opens over it. The graph comes first, and what is around it finds its place kept. */
export function Page({ first, later, waiting }: PageProps) {
  const { page } = first;
  const { app, slots } = later ?? { app: null, slots: null };
  // Inside another page there is nothing to show one at a time.
  const isWide = useScreen() === 'wide' || first.embed !== null;
  const view = useStore(page, (state) => state.view);
  // Where it is a view of its own, nothing folds it.
  const isGuideOpen = useStore(
    app?.guide ?? NO_GUIDE,
    ({ guide, isOpen }) => guide !== null && (isWide ? isOpen : view === 'guide'),
  );
  const isOpen = useStore(page, (state) => state.dockOpen);
  const dockFolding = useMemo(
    () => ({ isOpen, onChange: (dockOpen: boolean) => page.setState({ dockOpen }) }),
    [page, isOpen],
  );
  const narrow = useMemo<Narrow>(
    () => ({
      view,
      onView: (next) => page.setState({ view: next }),
      tabs: slots?.viewTabs ?? <div className={styles.tabs} />,
    }),
    [page, view, slots],
  );
  const isWhole = later !== null;
  useEffect(() => {
    if (isWhole) first.attempts.end(first.documents.state.getState().id);
  }, [first, isWhole]);
  const noPictures = useMemo(() => picturesToCome(first), [first]);
  return (
    <SayContext value={app?.say ?? sayNothing}>
      <LookContext value={first.look}>
        <UsesContext value={slots?.findUses ?? null}>
          <Editor
            store={first.editor}
            ui={first.ui}
            pictures={app?.pictures ?? noPictures}
            topBar={slots?.topBar ?? <header className={styles.bar}>{waiting}</header>}
            dockFolding={dockFolding}
            bottomDock={slots?.dock ?? null}
            {...(isWide ? {} : { narrow })}
            {...(app && {
              layout: app.layout,
              recent: app.recent,
              blocks: app.blocks,
              ownData: app.ownData,
            })}
            {...(slots && {
              commands: slots.commands,
              things: slots.things,
              banners: slots.banners,
              paletteFooter: slots.paletteFooter,
              guide: {
                bar: slots.guideBar,
                body: isGuideOpen ? slots.guideBody : isWide ? null : slots.noGuide,
              },
              extraInspector: slots.diagnosis,
              aboutDocument: slots.claims,
            })}
          />
        </UsesContext>
        {slots?.over}
      </LookContext>
    </SayContext>
  );
}

/** Nodes keep the room of their pictures. */
function picturesToCome({ preferences }: FirstView): Pictures {
  return {
    state: createStore(() => ({ isOn: arePicturesOn(preferences), values: new Map() })),
    setOn: () => undefined,
    watch: () => () => undefined,
  };
}
