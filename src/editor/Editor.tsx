import { ReactFlowProvider } from '@xyflow/react';
import type { ReactNode } from 'react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { BlocksContext } from './blocks/blocks';
import type { Blocks } from './blocks/blocks';
import { Canvas } from './canvas/Canvas';
import { RefusalBubble } from './canvas/edge/RefusalBubble';
import type { Layout } from './commands/arrange';
import type { Command } from './commands/command';
import { useClipboardEvents } from './commands/useClipboardEvents';
import { useEditorCommands } from './commands/useEditorCommands';
import { usePointer } from './commands/usePointer';
import { ConnectDialog } from './connection/ConnectDialog';
import styles from './Editor.module.css';
import { ObjectiveBar } from './objective/ObjectiveBar';
import { Palette } from './palette/Palette';
import { ProblemsButton } from './problems/ProblemsButton';
import { PicturesContext } from './pictures/pictures';
import type { Pictures } from './pictures/pictures';
import { ChangeKindDialog } from './search/ChangeKindDialog';
import { SearchPalette } from './search/SearchPalette';
import { CommandMenu } from './shortcuts/CommandMenu';
import { ShortcutSheet } from './shortcuts/ShortcutSheet';
import { createRecent, type Recent, type ThingSource } from './shortcuts/things';
import { useShortcuts } from './shortcuts/useShortcuts';
import type { EditorStore } from './store/editorState';
import { EditorProvider, useEditor, useEditorStore } from './store/useEditor';
import { useKeptSizes } from './store/look';
import { createUiStore, UiContext } from './store/uiStore';
import type { UiStore } from './store/uiStore';
import { ViewsProvider } from './store/ViewsContext';
import { TipLayer } from './ui/TipLayer';
import { useFoldingPanel, type Folding } from './useFoldingPanel';

export interface EditorProps {
  readonly store: EditorStore;
  /** What is open; made here unless the app wants to open things itself. */
  readonly ui?: UiStore;
  /** Automatic layout, as `LayoutWorkerApi.layout`. Without it the button is off. */
  readonly layout?: Layout;
  /** What else can be done: run, share, open… They come first in the command menu. Keep the array stable. */
  readonly commands?: readonly Command[];
  /** What else the command menu opens: templates, documents, runs. Keep the array stable. */
  readonly things?: readonly ThingSource[];
  /** What was chosen in it lately; remembered for this visit unless the app does it. */
  readonly recent?: Recent;
  /** The user's own blocks; without them there is nowhere to keep any. */
  readonly blocks?: Blocks;
  /** Pictures on nodes; without them nodes have none. */
  readonly pictures?: Pictures;
  readonly topBar?: ReactNode;
  readonly bottomDock?: ReactNode;
  readonly dockFolding?: Folding;
  /** Lies over the upper border of the canvas: what the user should know right now. */
  readonly banners?: ReactNode;
  /** Below the palette: the template gallery. */
  readonly paletteFooter?: ReactNode;
  /** Above the inspector: a line that stays, and what it unfolds; null while that is folded. Nothing without a guide. */
  readonly guide?: { readonly bar: ReactNode; readonly body: ReactNode | null };
  /** In the inspector: verdicts and evidence for the selection. */
  readonly extraInspector?: ReactNode;
  /** In the inspector of the document: what it claims. */
  readonly aboutDocument?: ReactNode;
  /** Over an empty canvas. */
  readonly emptyCanvas?: ReactNode;
}

/** The graph is there before it. */
const Inspector = lazy(async () => {
  const inspector = await import('./inspector/Inspector');
  return { default: inspector.Inspector };
});

const NO_COMMANDS: readonly Command[] = [];
const NO_THINGS: readonly ThingSource[] = [];

/** The whole editor: palette, canvas and inspector, with the app's own bars around them. */
export function Editor({ store, ui, blocks, pictures, ...props }: EditorProps) {
  const [ownUi] = useState(createUiStore);
  return (
    <EditorProvider store={store}>
      <UiContext value={ui ?? ownUi}>
        <ReactFlowProvider>
          <PicturesContext value={pictures ?? null}>
            <ViewsProvider>
              <BlocksContext value={blocks ?? null}>
                <Workspace {...props} />
              </BlocksContext>
            </ViewsProvider>
          </PicturesContext>
        </ReactFlowProvider>
      </UiContext>
    </EditorProvider>
  );
}

/** Pixels that palette and inspector begin with: on small screens the canvas needs them more. */
const WIDE_SIDES = { palette: 208, inspector: 312 } as const;
const NARROW_SIDES = { palette: 184, inspector: 264 } as const;
/** And the dock, whose pictures are as high as it is. */
const HIGH_DOCK = 320;
const LOW_DOCK = 260;
/** Of its bar, which stays. */
const FOLDED_DOCK = 36;
const ALWAYS_OPEN: Folding = { isOpen: true, onChange: () => undefined };

function Workspace(props: Omit<EditorProps, 'store' | 'ui' | 'blocks' | 'pictures'>) {
  const { layout, commands: extra = NO_COMMANDS, topBar, bottomDock } = props;
  const { endGesture } = useEditorStore();
  const readOnly = useEditor((state) => state.readOnly);
  const pointer = usePointer();
  const own = useEditorCommands(layout, pointer);
  const commands = useMemo(() => [...extra, ...own], [extra, own]);
  const [ownRecent] = useState(createRecent);
  useShortcuts(commands, endGesture);
  useClipboardEvents(pointer);

  const columns = useKeptSizes('columns');
  const rows = useKeptSizes('rows');
  const sides = useKeptSizes('side');
  // Later sizes are the user's.
  const [side] = useState(() =>
    window.matchMedia('(max-width: 1279px)').matches ? NARROW_SIDES : WIDE_SIDES,
  );
  const [dock] = useState(() =>
    window.matchMedia('(max-height: 799px)').matches ? LOW_DOCK : HIGH_DOCK,
  );

  const { dockFolding = ALWAYS_OPEN } = props;
  const folding = useFoldingPanel(dockFolding, FOLDED_DOCK, dock);

  const canvas = (
    <main className={styles.middle}>
      <div className={styles.strip}>
        <ObjectiveBar />
        <ProblemsButton />
      </div>
      <div className={styles.canvas}>
        {props.banners !== undefined && <div className={styles.banners}>{props.banners}</div>}
        <Canvas commands={commands} empty={props.emptyCanvas} />
      </div>
    </main>
  );

  return (
    <div className={styles.editor}>
      {topBar}
      <Group orientation="horizontal" className={styles.panels} id="editor-columns" {...columns}>
        {!readOnly && (
          <>
            <Panel
              id="palette-column"
              defaultSize={side.palette}
              minSize={168}
              maxSize={320}
              collapsible
              groupResizeBehavior="preserve-pixel-size"
            >
              <Palette footer={props.paletteFooter} />
            </Panel>
            <Separator className={styles.separator} />
          </>
        )}
        <Panel id="canvas-column" minSize={320}>
          {bottomDock === undefined ? (
            canvas
          ) : (
            <Group orientation="vertical" id="editor-rows" {...rows}>
              <Panel id="canvas-row" minSize={160}>
                {canvas}
              </Panel>
              <Separator className={styles.separator} data-orientation="vertical" />
              <Panel
                id="dock-row"
                {...folding}
                defaultSize={dockFolding.isOpen ? dock : FOLDED_DOCK}
                minSize={96}
                collapsible
                collapsedSize={FOLDED_DOCK}
                groupResizeBehavior="preserve-pixel-size"
              >
                {bottomDock}
              </Panel>
            </Group>
          )}
        </Panel>
        {!readOnly && (
          <>
            <Separator className={styles.separator} />
            <Panel
              id="inspector-column"
              defaultSize={side.inspector}
              minSize={256}
              maxSize={520}
              collapsible
              groupResizeBehavior="preserve-pixel-size"
            >
              <div className={styles.side}>
                {props.guide?.bar}
                <Group orientation="vertical" className={styles.panels} id="editor-side" {...sides}>
                  {props.guide?.body != null && (
                    <>
                      <Panel id="guide-row" defaultSize="52%" minSize={96}>
                        {props.guide.body}
                      </Panel>
                      <Separator className={styles.separator} data-orientation="vertical" />
                    </>
                  )}
                  <Panel id="inspector-row" minSize={96}>
                    <Suspense>
                      <Inspector extra={props.extraInspector} aboutDocument={props.aboutDocument} />
                    </Suspense>
                  </Panel>
                </Group>
              </div>
            </Panel>
          </>
        )}
      </Group>
      <SearchPalette />
      <ConnectDialog />
      <ChangeKindDialog />
      <CommandMenu
        commands={commands}
        sources={props.things ?? NO_THINGS}
        recent={props.recent ?? ownRecent}
      />
      <ShortcutSheet commands={commands} />
      <RefusalBubble />
      <TipLayer />
    </div>
  );
}
