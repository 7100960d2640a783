import { firstKinds } from '../../nodes/firstKinds';
import first from '../../templates/jepa/graph.json';
import { analyse } from '../compiler/analysis/analyse';
import type { Analysis } from '../compiler/analysis/analysis';
import { loadPart } from '../core/watch/comingPart';
import { readDocument } from '../document/read';
import { emptyDocument, type BasinDocument } from '../document/schema';
import { growingRegistry, type Registry } from '../graph/registry';
import type { EditorStore } from '../editor/store/editorState';
import { createUiStore, type UiStore } from '../editor/store/uiStore';
import { createEditorStore } from '../editor/store/createEditorStore';
import { onScreenChange, screenNow } from '../editor/narrow/screen';
import type { KeptLook } from '../editor/store/look';
import { DocumentController } from './documents/documentController';
import { wasDockOpen } from './dock/openDock';
import { keptLook } from './documents/keptLook';
import { createAttempts, type Attempts } from './page/attempts';
import { onPageLeft } from './page/onPageLeft';
import { embedOf, type Embed } from './embed/embed';
import { unkeptDocuments, unkeptPreferences } from './embed/unkept';
import { addressedLink } from './page/pageAddress';
import { createPageStore, type PageStore } from './page/pageStore';
import { createDocumentStore } from './persistence/documentStore';
import { createPreferences, ofTabFirst, type Preferences } from './preferences';
import { createThemeController, type ThemeController } from './theme/themeController';

/** What is needed to show the graph; all else of the page comes when it is there. */
export interface FirstView {
  readonly preferences: Preferences;
  readonly theme: ThemeController;
  readonly editor: EditorStore;
  /** What is open in the editor. */
  readonly ui: UiStore;
  readonly documents: DocumentController;
  readonly page: PageStore;
  readonly look: KeptLook;
  /** Null unless it is inside another page. */
  readonly embed: Embed | null;
  /** What is being opened, for the next visit to know when it takes the page down. */
  readonly attempts: Attempts;
  /** Nothing was open in this browser before. */
  readonly isFirstVisit: boolean;
  /** All kinds of node are known from now on. */
  readonly learnKinds: (all: Registry) => void;
  /** From now on analyses are completed by what the page knows besides. */
  readonly completeBy: (complete: (analysis: Analysis) => Analysis) => void;
  /** From now on edits that train alike compile nothing anew: `sameTrainingProgram`. */
  readonly compareBy: (trainAlike: (before: Analysis, after: Analysis) => boolean) => void;
}

/** Opens the document that was open last; on a first visit, a template; inside another page, what its address has. */
export async function openFirstView(): Promise<FirstView> {
  const embed = embedOf(window.location);
  const preferences =
    embed === null ? createPreferences(() => window.localStorage) : unkeptPreferences();
  const theme = createThemeController(
    preferences,
    document.documentElement,
    window.matchMedia('(prefers-color-scheme: dark)'),
  );
  const registry = growingRegistry(firstKinds);
  let trainAlike: Parameters<FirstView['compareBy']>[0] | undefined;
  let complete = (analysis: Analysis): Analysis => analysis;
  const editor = createEditorStore({
    registry,
    analyse: (...graph) => complete(analyse(...graph)),
    trainAlike: () => trainAlike,
  });
  const ofTab =
    embed === null ? createPreferences(() => window.sessionStorage) : unkeptPreferences();
  const attempts = createAttempts(ofTab);
  const documents = new DocumentController({
    editor,
    attempts,
    store: embed === null ? createDocumentStore() : unkeptDocuments(),
    preferences: ofTabFirst(ofTab, preferences),
  });
  // What somebody comes back to, or has sent, may be of any kind.
  if (documents.hasLast || embed !== null)
    registry.learn((await loadPart('Basin', () => import('../../nodes/index'))).registry);
  const hadLast = documents.hasLast;
  const returning = hadLast && (await documents.restore());
  if (!returning) {
    const sent = embed === null ? null : await sentDocument();
    documents.begin(sent ?? firstTemplate(), sent === null ? 'template' : 'link');
  }
  const openId = (): string => documents.state.getState().id;
  onPageLeft(() => attempts.leave());
  if (embed === null) connectToPage(editor, documents);
  else editor.setReadOnly(true);
  const dockOpen = embed !== null || wasDockOpen(preferences, openId());
  return {
    preferences,
    theme,
    editor,
    ui: createUiStore(),
    documents,
    page: createPageStore({ dockOpen }),
    look: keptLook(preferences, openId),
    embed,
    attempts,
    isFirstVisit: !returning && !hadLast,
    learnKinds(all) {
      if (registry.definitions === all.definitions) return;
      registry.learn(all);
      editor.kindsLearned();
    },
    completeBy: (by) => {
      complete = by;
    },
    compareBy: (compare) => {
      trainAlike = compare;
    },
  };
}

function firstTemplate(): BasinDocument {
  const template = readDocument(first, 'The template “jepa”');
  return template.ok ? { ...template.value, template: 'jepa' } : emptyDocument();
}

/** The document in the page's address; null where there is none that can be read, which the page says once it is there. */
async function sentDocument(): Promise<BasinDocument | null> {
  const address = addressedLink(window.location);
  if (address === '') return null;
  const { decodeShareLink } = await loadPart('Basin', () => import('../document/shareLink'));
  const decoded = decodeShareLink(address);
  return decoded.ok ? decoded.value : null;
}

/** What the browser tells of the document. */
function connectToPage(editor: EditorStore, documents: DocumentController): void {
  // There a finger is larger than a port.
  const adapt = (): void => editor.setReadOnly(screenNow() === 'phone');
  onScreenChange(adapt);
  adapt();

  const flush = (): void => {
    documents.noteUnsaved();
    void documents.flush();
  };
  onPageLeft(flush);
  window.addEventListener('beforeunload', (event) => {
    flush();
    const { save } = documents.state.getState();
    if (documents.hasUnsaved && (save === 'failed' || save === 'conflict')) event.preventDefault();
  });
}
