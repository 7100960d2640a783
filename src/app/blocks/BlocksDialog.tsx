import { Download, Trash2 } from 'lucide-react';
import { plural } from '../../core/formatNumber';
import { useBlockList } from '../../editor/blocks/blocks';
import type { KeptBlock } from '../../editor/blocks/blocks';
import { IconButton } from '../../editor/ui/IconButton';
import { Button } from '../../panels/ui/Button';
import { CommitField } from '../../panels/ui/CommitField';
import { Dialog } from '../../panels/ui/Dialog';
import documents from '../documents/Documents.module.css';
import { useApp } from '../useApp';
import styles from './Blocks.module.css';

/** The user's blocks: renaming, exporting, removing. */
export function BlocksDialog() {
  const app = useApp();
  const blocks = useBlockList();
  return (
    <Dialog
      title="My blocks"
      description="Parts of graphs that are kept in this browser. Drop a block file on the page to add one."
      width={560}
      onClose={() => app.page.setState({ dialog: null })}
      actions={<Button onClick={app.chooseFile}>Import a file…</Button>}
    >
      {blocks.length === 0 && (
        <p className={styles.none}>
          There are none yet. Select a group or some nodes and choose <i>Save to My blocks</i>.
        </p>
      )}
      <ul className={documents.list}>
        {blocks.map((block) => (
          <Row key={block.id} block={block} />
        ))}
      </ul>
    </Dialog>
  );
}

function Row({ block }: { block: KeptBlock }) {
  const { blocks, page } = useApp();
  const { name, fragment } = block;
  return (
    <li className={documents.row}>
      <CommitField
        label={`Name of ${name}`}
        value={name}
        className={documents.title}
        onCommit={(renamed) => renamed !== '' && void blocks.rename(block, renamed)}
      />
      <span className={documents.facts}>{plural(fragment.nodes.length, 'node')}</span>
      <IconButton label={`Save ${name} as a file`} onClick={() => blocks.exportFile(block)}>
        <Download size={15} strokeWidth={1.75} aria-hidden />
      </IconButton>
      <IconButton
        label={`Remove ${name}`}
        onClick={() => page.setState({ dialog: { kind: 'removeBlock', block } })}
      >
        <Trash2 size={15} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </li>
  );
}
