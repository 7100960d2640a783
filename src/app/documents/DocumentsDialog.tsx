import { Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { plural } from '../../core/formatNumber';
import { SelectField } from '../../editor/fields/SelectField';
import { SearchField } from '../../editor/ui/SearchField';
import { Button } from '../../panels/ui/Button';
import { Dialog } from '../../panels/ui/Dialog';
import { useApp, useDocuments } from '../useApp';
import { BinRow } from './BinRow';
import { BIN_DAYS } from './bin';
import { DOCUMENT_ORDERS, orderDocuments, type DocumentOrder } from './documentOrder';
import { DocumentRow } from './DocumentRow';
import styles from './Documents.module.css';

const ORDER_TITLES = Object.fromEntries(
  Object.entries(DOCUMENT_ORDERS).map(([name, { label }]) => [name, label]),
);

const ICON = { size: 14, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** Everything that is stored in this browser, or what was thrown away. */
export function DocumentsDialog({ bin: isBin }: { bin: boolean }) {
  const app = useApp();
  const { id, list, bin } = useDocuments(({ id, list, bin }) => ({ id, list, bin }));
  const [query, setQuery] = useState('');
  const [order, setOrder] = useState<DocumentOrder>('updated');
  const search = useRef<HTMLInputElement>(null);
  const close = (): void => app.page.setState({ dialog: null });
  useEffect(() => void app.documents.refresh(), [app]);
  const shown = isBin ? bin : list;
  const found = isBin && query.trim() === '' ? bin : orderDocuments(shown, query, order);
  /** What had the keyboard went with its row. */
  const onGone = (): void => search.current?.focus();
  return (
    <Dialog
      title={isBin ? 'Bin' : 'Documents'}
      description={
        isBin
          ? `What is put here is kept for ${BIN_DAYS} days, then removed for good.`
          : 'They are kept in this browser, on this machine.'
      }
      width={680}
      onClose={close}
      actions={
        isBin ? (
          <Button
            kind="danger"
            disabled={bin.length === 0}
            onClick={() => app.page.setState({ dialog: { kind: 'remove', summaries: bin } })}
          >
            Empty the bin…
          </Button>
        ) : (
          <>
            <Button onClick={() => app.page.setState({ dialog: { kind: 'data' } })}>Data…</Button>
            <Button onClick={() => app.chooseFile()}>Open a file…</Button>
            <Button
              kind="primary"
              onClick={() => {
                close();
                void app.newDocument();
              }}
            >
              New document
            </Button>
          </>
        )
      }
    >
      <div className={styles.tools}>
        <SearchField
          ref={search}
          className={styles.search}
          label="Search documents"
          placeholder="Search by title"
          value={query}
          onChange={setQuery}
        />
        <label className={styles.order} htmlFor="documents-order">
          Sort by
        </label>
        <div className={styles.select}>
          <SelectField
            id="documents-order"
            label="Sort by"
            value={order}
            options={Object.keys(DOCUMENT_ORDERS)}
            titles={ORDER_TITLES}
            onChange={(value) => setOrder(value as DocumentOrder)}
          />
        </div>
        <Button
          kind="quiet"
          icon={isBin ? undefined : <Trash2 {...ICON} />}
          onClick={() => app.page.setState({ dialog: { kind: 'documents', bin: !isBin } })}
        >
          {isBin ? 'Back to the documents' : `Bin (${bin.length})`}
        </Button>
      </div>
      {found.length === 0 && (
        <p className={styles.none}>
          {shown.length > 0
            ? `None of ${plural(shown.length, 'document')} is called that.`
            : isBin
              ? 'The bin is empty.'
              : 'No document is kept yet.'}
        </p>
      )}
      <ul className={styles.list} aria-label={isBin ? 'Documents in the bin' : 'Documents'}>
        {found.map((summary) =>
          isBin ? (
            <BinRow key={summary.id} summary={summary} onGone={onGone} />
          ) : (
            <DocumentRow
              key={summary.id}
              summary={summary}
              isOpen={summary.id === id}
              onGone={onGone}
            />
          ),
        )}
      </ul>
    </Dialog>
  );
}
