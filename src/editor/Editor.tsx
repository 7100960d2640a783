import { ReactFlowProvider } from '@xyflow/react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { BlocksContext } from './blocks/blocks';
import type { Blocks } from './blocks/blocks';
import { CanvasFigure } from './canvas/CanvasFigure';
import { RefusalBubble } from './canvas/edge/RefusalBubble';
import type { Layout } from './commands/arrange';
import type { Command } from './commands/command';
import styles from './Editor.module.css';
import { GraphArea } from './GraphArea';
import { EditorHands, Inspector, Palette } from './laterParts';
import { ShowViewContext, type Narrow } from './narrow/narrow';
import { NarrowWorkspace } from './narrow/NarrowWorkspace';
import { NarrowGraph } from './narrow/NarrowGraph';
import { OwnDataContext, type OwnData } from './ownData/ownData';
import { PicturesContext } from './pictures/pictures';
import type { Pictures } from './pictures/pictures';
import { createRecent, type Recent, type ThingSource } from './shortcuts/things';
import type { EditorStore } from './store/editorState';
import { EditorProvider } from './store/useEditor';
import { createUiStore, UiContext } from './store/uiStore';
import type { UiStore } from './store/uiStore';
import { ViewsProvider } from './store/ViewsContext';
import { TipLayer } from './ui/TipLayer';
import type { Folding } from './useFoldingPanel';
import { WideWorkspace } from './WideWorkspace';

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
  /** Data that the user brought; without it there is nowhere to keep any. */
  readonly ownData?: OwnData;
  /** Pictures on nodes; without them nodes have none. */
  readonly pictures?: Pictures;
  readonly topBar?: ReactNode;
  readonly bottomDock?: ReactNode;
  readonly dockFolding?: Folding;
  /** Where there is room for one view at a time: which, and how to change it. */
  readonly narrow?: Narrow;
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

const NO_COMMANDS: readonly Command[] = [];
const NO_THINGS: readonly ThingSource[] = [];

/** The whole editor: palette, canvas and inspector, with the app's own bars around them. */
export function Editor({ store, ui, blocks, pictures, ownData, ...props }: EditorProps) {
  const [ownUi] = useState(createUiStore);
  return (
    <EditorProvider store={store}>
      <UiContext value={ui ?? ownUi}>
        <ReactFlowProvider>
          <PicturesContext value={pictures ?? null}>
            <ViewsProvider>
              <BlocksContext value={blocks ?? null}>
                <OwnDataContext value={ownData ?? null}>
                  <ShowViewContext value={props.narrow?.onView ?? null}>
                    <Workspace {...props} />
                  </ShowViewContext>
                </OwnDataContext>
              </BlocksContext>
            </ViewsProvider>
          </PicturesContext>
        </ReactFlowProvider>
      </UiContext>
    </EditorProvider>
  );
}

function Workspace(props: Omit<EditorProps, 'store' | 'ui' | 'blocks' | 'pictures' | 'ownData'>) {
  const { layout, commands: extra = NO_COMMANDS, topBar, narrow } = props;
  const [commands, setCommands] = useState(extra);
  const [ownRecent] = useState(createRecent);

  const inspector = <Inspector extra={props.extraInspector} aboutDocument={props.aboutDocument} />;
  const palette = <Palette footer={props.paletteFooter} />;
  const area = { commands, empty: props.emptyCanvas };

  return (
    <div className={styles.editor}>
      {topBar}
      {narrow === undefined ? (
        <WideWorkspace
          palette={palette}
          graph={
            <GraphArea
              {...area}
              over={
                props.banners !== undefined && <div className={styles.banners}>{props.banners}</div>
              }
            />
          }
          dock={props.bottomDock}
          folding={props.dockFolding}
          guide={props.guide}
          inspector={inspector}
        />
      ) : (
        <NarrowWorkspace
          narrow={narrow}
          banners={props.banners}
          graph={<NarrowGraph {...area} palette={palette} inspector={inspector} />}
          run={props.bottomDock}
          guide={
            <>
              {props.guide?.bar}
              {props.guide?.body}
            </>
          }
        />
      )}
      <EditorHands
        layout={layout}
        extra={extra}
        things={props.things ?? NO_THINGS}
        recent={props.recent ?? ownRecent}
        onCommands={setCommands}
      />
      <RefusalBubble />
      <CanvasFigure />
      <TipLayer />
    </div>
  );
}
