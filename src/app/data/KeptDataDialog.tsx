import { Trash2 } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { formatBytes, plural, pluralWhole } from '../../core/formatNumber';
import { IconButton } from '../../editor/ui/IconButton';
import { Button } from '../../panels/ui/Button';
import { Dialog } from '../../panels/ui/Dialog';
import { FaultBar } from '../../panels/ui/FaultBar';
import { ownHash } from '../../tables/ownAsset';
import { formatAge } from '../documents/formatAge';
import { useApp } from '../useApp';
import styles from './Data.module.css';

const ICON = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** The data that the user brought to this browser, with sizes, for removing. */
export function KeptDataDialog() {
  const app = useApp();
  const { list, fault } = useStore(app.ownData.state);
  const { graph } = useStore(app.editor, ({ analysis }) => analysis);
  useEffect(() => void app.ownData.refresh(), [app]);
  const used = new Set(
    graph.nodes.flatMap(({ definition, params }) => {
      const own = definition.dataset?.(params).own;
      return own ? [ownHash(own.asset)] : [];
    }),
  );
  const total = list.reduce((sum, { size }) => sum + size, 0);
  return (
    <Dialog
      title="Data"
      description={`Files that you brought are kept in this browser, on this machine: documents only name them.${list.length > 0 ? ` They take ${formatBytes(total)}.` : ''}`}
      width={560}
      onClose={() => app.page.setState({ dialog: null })}
      actions={<Button onClick={() => app.chooseFile()}>Open a file…</Button>}
    >
      <FaultBar fault={fault} onDismiss={() => void app.ownData.refresh()} />
      {list.length === 0 && <p className={styles.none}>No data is kept yet.</p>}
      <ul className={styles.list} aria-label="Data">
        {list.map((data) => {
          const { hash, name, rows, columns, size, added } = data;
          const isUsed = used.has(hash);
          return (
            <li key={hash} className={styles.row}>
              <span className={styles.words}>
                <span className={styles.name}>{name}</span>
                <span className={styles.facts}>
                  {pluralWhole(rows, 'row')} × {plural(columns, 'column')} · {formatBytes(size)} ·{' '}
                  {formatAge(added)}
                  {isUsed ? ' · in the open document' : ''}
                </span>
              </span>
              <IconButton
                label={`Remove ${name} from this browser`}
                onClick={() => app.page.setState({ dialog: { kind: 'removeData', data, isUsed } })}
              >
                <Trash2 {...ICON} />
              </IconButton>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
