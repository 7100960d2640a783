import { Toolbar } from 'radix-ui';
import { memo } from 'react';
import { Glyph } from '../canvas/node/glyphs';
import { nodeOutline } from '../model/nodeOutline';
import { outlinePath } from '../model/outlinePath';
import { resolveParameters } from '../parameters/resolveParameters';
import type { KindEntry } from '../search/kindEntries';
import { KIND_MIME } from './kindMime';
import styles from './Palette.module.css';

interface PaletteItemProps {
  readonly entry: KindEntry;
  readonly disabled: boolean;
  onAdd(entry: KindEntry): void;
}

export const PaletteItem = memo(function PaletteItem({ entry, disabled, onAdd }: PaletteItemProps) {
  const { id, title, help } = entry;
  return (
    <Toolbar.Button
      className={styles.item}
      draggable={!disabled}
      disabled={disabled}
      data-category={entry.definition.category}
      data-tip={`${title}\n${help}`}
      data-testid={`palette:${id}`}
      onClick={(event) => {
        if (event.detail > 0) letGo(event);
        onAdd(entry);
      }}
      onDragStart={(event) => {
        letGo(event);
        event.dataTransfer.setData(KIND_MIME, id);
        event.dataTransfer.effectAllowed = 'copy';
      }}
    >
      <Miniature entry={entry} />
      <span className={styles.title}>{title}</span>
    </Toolbar.Button>
  );
});

/** By pointer the keyboard is for the node that is added; by key it stays, to add more. */
export function letGo({ currentTarget }: React.MouseEvent<HTMLElement>): void {
  currentTarget.blur();
}

const WIDTH = 26;
const HEIGHT = 20;
/** Outlines are drawn at this size and scaled down, so that their corners look as on the canvas. */
const DRAWN = { circle: 40, width: 52, height: 40 } as const;

/** The node's outline with its glyph: the palette shows what the canvas will. */
function Miniature({ entry }: { entry: KindEntry }) {
  const { definition, params } = entry;
  const outline = nodeOutline(definition, resolveParameters(definition, params));
  const isSquare = outline.endsWith('Circle') || outline === 'square';
  const width = isSquare ? DRAWN.circle : DRAWN.width;
  return (
    <span className={styles.miniature} data-outline={outline}>
      <svg
        width={WIDTH}
        height={HEIGHT}
        viewBox={`${(width - DRAWN.width) / 2} 0 ${DRAWN.width} ${DRAWN.height}`}
        aria-hidden
      >
        <path d={outlinePath(outline, width, DRAWN.height)} />
      </svg>
      <span className={styles.glyph}>
        <Glyph icon={definition.icon} category={definition.category} size={11} />
      </span>
    </span>
  );
}
