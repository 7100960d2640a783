import { Boxes, Settings2 } from 'lucide-react';
import { Toolbar } from 'radix-ui';
import { plural } from '../../core/formatNumber';
import { BLOCK_MIME } from '../blocks/blockMime';
import { useBlocks, type KeptBlock } from '../blocks/blocks';
import { IconButton } from '../ui/IconButton';
import styles from './Palette.module.css';
import { letGo } from './PaletteItem';

interface MyBlocksProps {
  readonly blocks: readonly KeptBlock[];
  readonly disabled: boolean;
  onAdd(block: KeptBlock): void;
}

/** What the user has kept of graphs, after the kinds of node: to drag onto the canvas or to add by click or Enter. */
export function MyBlocks({ blocks, disabled, onAdd }: MyBlocksProps) {
  const all = useBlocks();
  if (blocks.length === 0) return null;
  return (
    <div role="group" aria-label="My blocks" data-testid="my-blocks">
      <div className={styles.ownHead}>
        <h3 className={styles.category}>My blocks</h3>
        <Toolbar.Button asChild>
          <IconButton
            size="small"
            label="Rename, export or remove blocks"
            onClick={() => all?.manage()}
          >
            <Settings2 size={13} aria-hidden />
          </IconButton>
        </Toolbar.Button>
      </div>
      {blocks.map((block) => (
        <Toolbar.Button
          key={block.id}
          className={styles.item}
          draggable={!disabled}
          disabled={disabled}
          data-category="op"
          data-tip={`${block.name}\n${plural(block.fragment.nodes.length, 'node')}`}
          onClick={(event) => {
            if (event.detail > 0) letGo(event);
            onAdd(block);
          }}
          onDragStart={(event) => {
            letGo(event);
            event.dataTransfer.setData(BLOCK_MIME, block.id);
            event.dataTransfer.effectAllowed = 'copy';
          }}
        >
          <span className={styles.miniature}>
            <Boxes size={16} strokeWidth={1.75} aria-hidden />
          </span>
          <span className={styles.title}>{block.name}</span>
        </Toolbar.Button>
      ))}
    </div>
  );
}
