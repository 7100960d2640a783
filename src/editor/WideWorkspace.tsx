import type { ReactNode } from 'react';
import { useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import styles from './Editor.module.css';
import { useKeptSizes } from './store/look';
import { useEditor } from './store/useEditor';
import { useFoldingPanel, type Folding } from './useFoldingPanel';

/** Pixels that palette and inspector begin with: on small screens the canvas needs them more. */
const WIDE_SIDES = { palette: 208, inspector: 312 } as const;
const NARROW_SIDES = { palette: 184, inspector: 264 } as const;
/** And the dock, whose pictures are as high as it is: in low windows it gives way to the canvas. */
const DOCKS = [
  { from: 800, height: 320 },
  { from: 640, height: 260 },
  { from: 0, height: 200 },
] as const;
/** Of the canvas with its bar: when the browser magnifies the page, the dock gives way. */
const LEAST_CANVAS = 240;
/** Of its bar, which stays. */
const FOLDED_DOCK = 36;
const ALWAYS_OPEN: Folding = { isOpen: true, onChange: () => undefined };

interface WideWorkspaceProps {
  readonly palette: ReactNode;
  /** The canvas with what lies around it. */
  readonly graph: ReactNode;
  readonly dock: ReactNode;
  readonly folding?: Folding | undefined;
  readonly guide?: { readonly bar: ReactNode; readonly body: ReactNode | null } | undefined;
  readonly inspector: ReactNode;
}

/** The workspace of a window with room: palette, canvas above the dock, guide above the inspector, side by side. */
export function WideWorkspace(props: WideWorkspaceProps) {
  const { palette, graph, dock, folding = ALWAYS_OPEN, guide, inspector } = props;
  const readOnly = useEditor((state) => state.readOnly);
  const columns = useKeptSizes('columns');
  const rows = useKeptSizes('rows');
  const sides = useKeptSizes('side');
  // Later sizes are the user's.
  const [side] = useState(() =>
    window.matchMedia('(max-width: 1279px)').matches ? NARROW_SIDES : WIDE_SIDES,
  );
  const [height] = useState(
    () => (DOCKS.find(({ from }) => window.innerHeight >= from) ?? DOCKS[2]).height,
  );

  const panel = useFoldingPanel(folding, FOLDED_DOCK, height);

  return (
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
            {palette}
          </Panel>
          <Separator className={styles.separator} />
        </>
      )}
      <Panel id="canvas-column" minSize={320}>
        {dock === undefined ? (
          graph
        ) : (
          <Group orientation="vertical" id="editor-rows" {...rows}>
            <Panel id="canvas-row" minSize={LEAST_CANVAS}>
              {graph}
            </Panel>
            <Separator className={styles.separator} data-orientation="vertical" />
            <Panel
              id="dock-row"
              {...panel}
              defaultSize={folding.isOpen ? height : FOLDED_DOCK}
              minSize={96}
              collapsible
              collapsedSize={FOLDED_DOCK}
              groupResizeBehavior="preserve-pixel-size"
            >
              {dock}
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
              {guide?.bar}
              <Group orientation="vertical" className={styles.panels} id="editor-side" {...sides}>
                {guide?.body != null && (
                  <>
                    <Panel id="guide-row" defaultSize="52%" minSize={96}>
                      {guide.body}
                    </Panel>
                    <Separator className={styles.separator} data-orientation="vertical" />
                  </>
                )}
                <Panel id="inspector-row" minSize={96}>
                  {inspector}
                </Panel>
              </Group>
            </div>
          </Panel>
        </>
      )}
    </Group>
  );
}
