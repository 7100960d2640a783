import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { defined } from '../core/invariant';
import type { Layout } from '../editor/commands/arrange';
import type { KeptLook } from '../editor/store/look';
import type { EditorStore } from '../editor/store/editorState';
import type { UiStore } from '../editor/store/uiStore';
import type { MetricFormat } from '../panels/run/saveMetrics';
import type { Recent } from '../editor/shortcuts/things';
import type { EmbeddingActions, EmbeddingStore } from '../panels/embedding/embeddingStore';
import type { GuideActions, GuideStore } from '../panels/guide/guideStore';
import type { KernelsActions, KernelsStore } from '../panels/kernels/kernelsStore';
import type { LandscapeActions, LandscapeStore } from '../panels/landscape/landscapeStore';
import type { LatentActions, LatentStore } from '../panels/latent/latentStore';
import type { ProbesActions, ProbesStore } from '../panels/probes/probesStore';
import type { RunActions, RunStore } from '../panels/run/runStore';
import type { RunsActions, RunsStore } from '../panels/runs/runsStore';
import type { SweepsActions, SweepsStore } from '../panels/sweeps/sweepsStore';
import type { SequenceActions, SequenceStore } from '../panels/sequence/sequenceStore';
import type { Pictures } from '../editor/pictures/pictures';
import type { RowSelectionStore } from '../panels/selection/rowSelection';
import type { SilentWorkers } from './banners/silentWorkers';
import type { BlocksController } from './blocks/blocksController';
import type { OwnDataController } from './data/ownDataController';
import type { DocumentController } from './documents/documentController';
import type { DocumentsState } from './documents/documentsState';
import type { OpenFlow } from './open/openFlow';
import type { PageState, PageStore } from './page/pageStore';
import type { Template } from './templates';
import type { TourController } from './tour/tourController';
import type { WeightsController } from './weights/weightsController';
import type { ThemeController, ThemeState } from './theme/themeController';

/** Everything that the page is made of, put together in `createApp.ts`. */
export interface App {
  readonly editor: EditorStore;
  /** What is open in the editor. */
  readonly ui: UiStore;
  readonly run: RunStore;
  readonly silentWorkers: SilentWorkers;
  readonly actions: RunActions;
  readonly kernels: KernelsStore;
  readonly kernelsActions: KernelsActions;
  readonly landscape: LandscapeStore;
  readonly landscapeActions: LandscapeActions;
  readonly probes: ProbesStore;
  readonly probesActions: ProbesActions;
  readonly runs: RunsStore;
  readonly runsActions: RunsActions;
  readonly sweeps: SweepsStore;
  readonly sweepsActions: SweepsActions;
  readonly embedding: EmbeddingStore;
  readonly embeddingActions: EmbeddingActions;
  readonly latent: LatentStore;
  readonly latentActions: LatentActions;
  readonly sequence: SequenceStore;
  readonly sequenceActions: SequenceActions;
  readonly pictures: Pictures;
  readonly rowSelection: RowSelectionStore;
  readonly guide: GuideStore;
  readonly guideActions: GuideActions;
  readonly documents: DocumentController;
  readonly blocks: BlocksController;
  readonly ownData: OwnDataController;
  readonly page: PageStore;
  readonly flow: OpenFlow;
  /** How the open document is looked at. */
  readonly look: KeptLook;
  readonly tour: TourController;
  /** What was chosen in the command menu lately. */
  readonly recent: Recent;
  readonly theme: ThemeController;
  readonly layout: Layout;
  readonly openTemplate: (template: Template) => Promise<void>;
  readonly newDocument: () => Promise<void>;
  /** Asks for a file and opens it. */
  readonly chooseFile: () => void;
  readonly saveFile: () => void;
  /** Gives the open document out as a PyTorch script. */
  readonly savePytorch: () => void;
  readonly saveMetrics: (format: MetricFormat) => void;
  /** The whole canvas as a picture; a PNG has the document inside. */
  readonly saveCanvas: (format: 'png' | 'svg') => void;
  readonly weights: WeightsController;
  /** Runs the open document and compares with what it claims. */
  readonly reproduce: () => void;
  /** Runs the open document from step 0, and offers what comes of it to be shared. */
  readonly shareAnew: (steps: number) => void;
  /** Says in passing that something is done. */
  readonly say: (message: string) => void;
}

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  return defined(useContext(AppContext), 'AppContext');
}

export function usePage<T>(selector: (state: PageState) => T): T {
  return useStore(useApp().page, useShallow(selector));
}

export function useDocuments<T>(selector: (state: DocumentsState) => T): T {
  return useStore(useApp().documents.state, useShallow(selector));
}

export function useTheme<T>(selector: (state: ThemeState) => T): T {
  return useStore(useApp().theme.state, useShallow(selector));
}
