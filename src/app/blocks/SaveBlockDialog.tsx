import { useId, useState } from 'react';
import { plural } from '../../core/formatNumber';
import type { Block } from '../../document/block';
import { DOCUMENT_LIMITS } from '../../document/schema';
import { Button } from '../../panels/ui/Button';
import { Dialog } from '../../panels/ui/Dialog';
import { useApp } from '../useApp';
import styles from './Blocks.module.css';

/** Asks under which name a part of the graph is kept. */
export function SaveBlockDialog({ block }: { block: Block }) {
  const { blocks, page } = useApp();
  const id = useId();
  const [name, setName] = useState(block.name);
  const close = (): void => page.setState({ dialog: null });
  const keep = (): void => {
    close();
    void blocks.keep({ ...block, name });
  };
  return (
    <Dialog
      title="Save to My blocks"
      description={`${plural(block.fragment.nodes.length, 'node')} with what is between them. It is kept in this browser, for all documents.`}
      width={440}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" onClick={keep}>
            Save
          </Button>
        </>
      }
    >
      <label className={styles.label} htmlFor={id}>
        Name
      </label>
      <input
        id={id}
        className={styles.field}
        value={name}
        maxLength={DOCUMENT_LIMITS.label}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep();
        }}
      />
    </Dialog>
  );
}
