import { Suspense, useMemo } from 'react';
import { useStore } from 'zustand';
import { BlocksContext } from '../editor/blocks/blocks';
import { Editor } from '../editor/Editor';
import type { Narrow } from '../editor/narrow/narrow';
import { useScreen } from '../editor/narrow/screen';
import { UsesContext, type FindUses } from '../editor/inspector/uses';
import { LookContext } from '../editor/store/look';
import { EditorProvider } from '../editor/store/useEditor';
import { EmbeddingProvider } from '../panels/embedding/useEmbedding';
import { GuideBar } from '../panels/guide/GuideBar';
import { GuideProvider } from '../panels/guide/useGuide';
import { KernelsProvider } from '../panels/kernels/useKernels';
import { LandscapeProvider } from '../panels/landscape/useLandscape';
import { LatentProvider } from '../panels/latent/useLatent';
import { RunProvider } from '../panels/run/useRun';
import { RunsProvider } from '../panels/runs/useRuns';
import { SweepsProvider } from '../panels/sweeps/useSweeps';
import { RowSelectionContext } from '../panels/selection/useRowSelection';
import { appCommands } from './appCommands';
import { Banners } from './banners/Banners';
import type { StartedApp } from './createApp';
import { Dock } from './dock/Dock';
import { GalleryButton } from './gallery/GalleryButton';
import {
  BlocksDialog,
  DocumentsDialog,
  Gallery,
  GuidePanel,
  IncomingDialog,
  NodeDiagnosis,
  RefusedDialog,
  RemoveBlockDialog,
  RemoveDialog,
  SaveBlockDialog,
  ShareDialog,
  Toaster,
} from './lazyParts';
import { NoGuide } from './narrow/NoGuide';
import { ViewTabs } from './narrow/ViewTabs';
import { menuThings } from './menuThings';
import { usesOf } from './guide/usesOf';
import { loadTemplates } from './templates';
import { ClaimsSection } from './share/ClaimsSection';
import { DropZone } from './open/DropZone';
import { Tour } from './tour/Tour';
import { TopBar } from './topbar/TopBar';
import { AppContext, usePage, useTheme } from './useApp';

/** The page: the editor with its bars, and what opens over it. */
export function Page({ app, layout }: StartedApp) {
  const commands = useMemo(() => appCommands(app), [app]);
  const things = useMemo(() => menuThings(app), [app]);
  const isWide = useScreen() === 'wide';
  const view = useStore(app.page, (state) => state.view);
  // Where it is a view of its own, nothing folds it.
  const isGuideOpen = useStore(
    app.guide,
    ({ guide, isOpen }) => guide !== null && (isWide ? isOpen : view === 'guide'),
  );
  const findUses = useMemo<FindUses>(
    () => async (kind) =>
      usesOf(kind, await loadTemplates(), (template) => void app.openTemplate(template)),
    [app],
  );
  const isOpen = useStore(app.page, (state) => state.dockOpen);
  const dockFolding = useMemo(
    () => ({ isOpen, onChange: (dockOpen: boolean) => app.page.setState({ dockOpen }) }),
    [app, isOpen],
  );
  const narrow = useMemo<Narrow>(
    () => ({
      view,
      onView: (next) => app.page.setState({ view: next }),
      tabs: <ViewTabs />,
    }),
    [app, view],
  );
  return (
    <AppContext value={app}>
      <RunProvider store={app.run} actions={app.actions}>
        <GuideProvider store={app.guide} actions={app.guideActions}>
          <KernelsProvider store={app.kernels} actions={app.kernelsActions}>
            <LookContext value={app.look}>
              <UsesContext value={findUses}>
                <Editor
                  store={app.editor}
                  layout={layout}
                  commands={commands}
                  things={things}
                  recent={app.recent}
                  blocks={app.blocks}
                  pictures={app.pictures}
                  topBar={<TopBar />}
                  banners={<Banners />}
                  dockFolding={dockFolding}
                  bottomDock={
                    <LandscapeProvider store={app.landscape} actions={app.landscapeActions}>
                      <RunsProvider store={app.runs} actions={app.runsActions}>
                        <SweepsProvider store={app.sweeps} actions={app.sweepsActions}>
                          <EmbeddingProvider store={app.embedding} actions={app.embeddingActions}>
                            <LatentProvider store={app.latent} actions={app.latentActions}>
                              <RowSelectionContext value={app.rowSelection}>
                                <Dock />
                              </RowSelectionContext>
                            </LatentProvider>
                          </EmbeddingProvider>
                        </SweepsProvider>
                      </RunsProvider>
                    </LandscapeProvider>
                  }
                  paletteFooter={<GalleryButton />}
                  guide={{
                    bar: <GuideBar folds={isWide} />,
                    body: isGuideOpen ? <LaterGuide /> : isWide ? null : <NoGuide />,
                  }}
                  {...(isWide ? {} : { narrow })}
                  extraInspector={<LaterDiagnosis />}
                  aboutDocument={<ClaimsSection />}
                />
              </UsesContext>
            </LookContext>
            <EditorProvider store={app.editor}>
              <BlocksContext value={app.blocks}>
                <Suspense>
                  <PageDialogs />
                </Suspense>
              </BlocksContext>
            </EditorProvider>
            <Tour />
            <DropZone />
            <Toasts />
          </KernelsProvider>
        </GuideProvider>
      </RunProvider>
    </AppContext>
  );
}

function PageDialogs() {
  const dialog = usePage((state) => state.dialog);
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'gallery':
      return <Gallery firstVisit={dialog.firstVisit} />;
    case 'share':
      return <ShareDialog />;
    case 'incoming':
      return <IncomingDialog incoming={dialog} />;
    case 'refused':
      return <RefusedDialog source={dialog.source} diagnostics={dialog.diagnostics} />;
    case 'documents':
      return <DocumentsDialog bin={dialog.bin === true} />;
    case 'remove':
      return <RemoveDialog summaries={dialog.summaries} />;
    case 'blocks':
      return <BlocksDialog />;
    case 'saveBlock':
      return <SaveBlockDialog block={dialog.block} />;
    case 'removeBlock':
      return <RemoveBlockDialog block={dialog.block} />;
  }
}

function Toasts() {
  const theme = useTheme((state) => state.theme);
  return (
    <Suspense>
      <Toaster theme={theme} position="bottom-center" toastOptions={{ className: 'toast' }} />
    </Suspense>
  );
}

function LaterGuide() {
  return (
    <Suspense>
      <GuidePanel />
    </Suspense>
  );
}

function LaterDiagnosis() {
  return (
    <Suspense>
      <NodeDiagnosis />
    </Suspense>
  );
}
