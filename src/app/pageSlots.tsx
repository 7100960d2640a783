import type { ReactNode } from 'react';
import { Toaster } from 'sonner';
import { BlocksContext } from '../editor/blocks/blocks';
import type { Command } from '../editor/commands/command';
import type { FindUses } from '../editor/inspector/uses';
import { useScreen } from '../editor/narrow/screen';
import type { ThingSource } from '../editor/shortcuts/things';
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
import { Dock } from './dock/Dock';
import type { Embed } from './embed/embed';
import { EmbedBar } from './embed/EmbedBar';
import { EmbedPanel } from './embed/EmbedPanel';
import { GalleryButton } from './gallery/GalleryButton';
import { usesOf } from './guide/usesOf';
import {
  BlocksDialog,
  DocumentsDialog,
  Gallery,
  GuidePanel,
  ImagesDialog,
  IncomingDialog,
  KeptDataDialog,
  NodeDiagnosis,
  RefusedDialog,
  RemoveBlockDialog,
  RemoveDataDialog,
  RemoveDialog,
  SaveBlockDialog,
  ShareDialog,
  TableDialog,
  WeightsDialog,
} from './lazyParts';
import { menuThings } from './menuThings';
import { NoGuide } from './narrow/NoGuide';
import { ViewTabs } from './narrow/ViewTabs';
import { DropZone } from './open/DropZone';
import { ClaimsSection } from './share/ClaimsSection';
import { loadTemplates } from './templates';
import { TopBar } from './topbar/TopBar';
import { Tour } from './tour/Tour';
import { AppContext, usePage, useTheme, type App } from './useApp';

/** What the app puts into the editor and around it. */
export interface PageSlots {
  readonly commands: readonly Command[];
  readonly things: readonly ThingSource[];
  readonly findUses: FindUses;
  readonly topBar: ReactNode;
  readonly banners: ReactNode;
  readonly dock: ReactNode;
  readonly paletteFooter: ReactNode;
  readonly guideBar: ReactNode;
  readonly guideBody: ReactNode;
  readonly noGuide: ReactNode;
  readonly diagnosis: ReactNode;
  readonly claims: ReactNode;
  readonly viewTabs: ReactNode;
  /** Over everything. */
  readonly over: ReactNode;
}

/** The parts of the page around the graph, each with what it needs: the graph is there before them. */
export function pageSlots(app: App, embed: Embed | null): PageSlots {
  const within = (part: ReactNode): ReactNode => <AppProviders app={app}>{part}</AppProviders>;
  return {
    // Inside another page nothing else is opened.
    commands: embed === null ? appCommands(app) : [],
    things: embed === null ? menuThings(app) : [],
    findUses: async (kind) =>
      usesOf(kind, await loadTemplates(), (template) => void app.openTemplate(template)),
    topBar: within(embed === null ? <TopBar /> : <EmbedBar />),
    banners: within(<Banners />),
    dock: within(embed === null ? <Dock /> : <EmbedPanel panel={embed.panel} />),
    paletteFooter: within(<GalleryButton />),
    guideBar: within(<Guide />),
    guideBody: within(<GuidePanel />),
    noGuide: within(<NoGuide />),
    diagnosis: within(<NodeDiagnosis />),
    claims: within(<ClaimsSection />),
    viewTabs: within(<ViewTabs />),
    over: within(
      <EditorProvider store={app.editor}>
        <BlocksContext value={app.blocks}>
          <PageDialogs />
        </BlocksContext>
        {embed === null && (
          <>
            <Tour />
            <DropZone />
          </>
        )}
        <Toasts />
      </EditorProvider>,
    ),
  };
}

function AppProviders({ app, children }: { app: App; children: ReactNode }) {
  return (
    <AppContext value={app}>
      <RunProvider store={app.run} actions={app.actions}>
        <GuideProvider store={app.guide} actions={app.guideActions}>
          <KernelsProvider store={app.kernels} actions={app.kernelsActions}>
            <LandscapeProvider store={app.landscape} actions={app.landscapeActions}>
              <RunsProvider store={app.runs} actions={app.runsActions}>
                <SweepsProvider store={app.sweeps} actions={app.sweepsActions}>
                  <EmbeddingProvider store={app.embedding} actions={app.embeddingActions}>
                    <LatentProvider store={app.latent} actions={app.latentActions}>
                      <RowSelectionContext value={app.rowSelection}>{children}</RowSelectionContext>
                    </LatentProvider>
                  </EmbeddingProvider>
                </SweepsProvider>
              </RunsProvider>
            </LandscapeProvider>
          </KernelsProvider>
        </GuideProvider>
      </RunProvider>
    </AppContext>
  );
}

/** Where there is one view at a time, the guide has one to itself and is not folded. */
function Guide() {
  return <GuideBar folds={useScreen() === 'wide'} />;
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
    case 'weights':
      return <WeightsDialog incoming={dialog} />;
    case 'refused':
      return <RefusedDialog source={dialog.source} diagnostics={dialog.diagnostics} />;
    case 'documents':
      return <DocumentsDialog bin={dialog.bin === true} />;
    case 'remove':
      return <RemoveDialog summaries={dialog.summaries} />;
    case 'table':
      return <TableDialog file={dialog.file} nodeId={dialog.nodeId} />;
    case 'images':
      return <ImagesDialog files={dialog.files} nodeId={dialog.nodeId} />;
    case 'data':
      return <KeptDataDialog />;
    case 'removeData':
      return <RemoveDataDialog data={dialog.data} isUsed={dialog.isUsed} />;
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
  return <Toaster theme={theme} position="bottom-center" toastOptions={{ className: 'toast' }} />;
}
