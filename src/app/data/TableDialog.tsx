import { useEffect, useRef, useState } from 'react';
import type { Diagnostic } from '../../core/diagnostic';
import { formatBytes } from '../../core/formatNumber';
import { FieldRow } from '../../editor/fields/FieldRow';
import { SelectField } from '../../editor/fields/SelectField';
import { SwitchField } from '../../editor/fields/SwitchField';
import { Button } from '../../panels/ui/Button';
import { Dialog } from '../../panels/ui/Dialog';
import { choiceOf } from '../../tables/ownTable';
import type { Reading } from '../../tables/reading';
import type { TablePreviewAnswer } from '../../../workers/protocol/ownData';
import { useApp } from '../useApp';
import { ColumnTable } from './ColumnTable';
import { choiceFor, choiceOfUses, sizeInWords, usesOfChoice, type ColumnUse } from './columnUses';
import styles from './Data.module.css';
import { FaultList } from './FaultList';
import { DialectFields } from './DialectFields';
import { readPorts, usualPlace } from './placeData';
import { PlaceField } from './PlaceField';
import { ReadingProgress } from './ReadingProgress';
import type { TableOptions } from './ownDataController';

interface TableDialogProps {
  /** Null: the columns of what the node has already. */
  readonly file: File | null;
  /** The node whose file it is; null where that is open. */
  readonly nodeId: string | null;
}

const MISSING_TITLES = { drop: 'Leave the row out', mean: 'Take the mean' } as const;

/** What a table has, before it is used: how it is read, its columns and what they are for, and where it goes. */
export function TableDialog({ file, nodeId }: TableDialogProps) {
  const app = useApp();
  const { ownData, editor } = app;
  const [answer, setAnswer] = useState<TablePreviewAnswer | null>(null);
  const [uses, setUses] = useState<readonly ColumnUse[]>([]);
  const [options, setOptions] = useState<TableOptions>(() => optionsOf(nodeId));
  const [place, setPlace] = useState<string | null>(() => nodeId ?? usualPlace(editor));
  const [progress, setProgress] = useState<number | null>(null);
  const [faults, setFaults] = useState<readonly Diagnostic[]>([]);
  const [other, setOther] = useState<string | null>(null);
  /** Counts what was asked: answers to earlier questions do not matter any more. */
  const asked = useRef(0);

  function optionsOf(id: string | null): TableOptions {
    const params = editor.getState().document.nodes.find((node) => node.id === id)?.params;
    return {
      standardise: params?.['standardise'] !== false,
      missing: params?.['missing'] === 'mean' ? 'mean' : 'drop',
    };
  }

  const close = (): void => {
    asked.current++;
    if (progress !== null) ownData.stop();
    app.page.setState({ dialog: null });
  };
  const told = (done: number, total: number): void => setProgress(done / total);

  const look = async (reading: Reading | null, judges = false): Promise<void> => {
    const question = ++asked.current;
    const named = file === null ? ownData.namedBy(nodeId) : null;
    const found = named
      ? await ownData.kept(named)
      : file
        ? await ownData.preview(file, reading, judges)
        : null;
    if (found === null || question !== asked.current) return;
    setAnswer(found);
    setFaults(found.diagnostics);
    const table = found.preview?.table;
    if (!table) return;
    const choice = named
      ? choiceOf(named)
      : choiceFor(table.usual, place === null ? new Set() : readPorts(editor, place));
    setUses((before) =>
      before.length === table.columns.length ? before : usesOfChoice(choice, table.columns.length),
    );
  };

  useEffect(() => {
    const begin = async (): Promise<void> => {
      const missed = ownData.missedBy(nodeId);
      if (file !== null && missed !== null) {
        setProgress(0);
        const { restored, hash } = await ownData.restore(file, missed, told);
        setProgress(null);
        if (restored) return app.page.setState({ dialog: null });
        setOther(
          hash === null
            ? `“${file.name}” cannot be read as “${missed.name}” was.`
            : `“${file.name}” is not the data that the document names: “${missed.name}” has the hash ${missed.hash.slice(0, 8)}…, this has ${hash.slice(0, 8)}….`,
        );
      }
      await look(null);
    };
    void begin();
    // Once for a file: what is asked later is asked by hand.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [file, nodeId]);

  const preview = answer?.preview ?? null;
  const table = preview?.table ?? null;
  const choice = choiceOfUses(uses);
  const isBusy = progress !== null;
  const canUse = table !== null && !isBusy && choice.x.length + choice.y.length > 0;

  const use = async (): Promise<void> => {
    if (!preview || !table) return;
    const question = ++asked.current;
    setFaults([]);
    setProgress(0);
    const { isDone, diagnostics } = file
      ? await ownData.use(file, preview.reading, choice, options, place, told)
      : await ownData.useColumns(nodeId ?? '', choice, options);
    if (question !== asked.current) return;
    setProgress(null);
    setFaults(diagnostics);
    if (!isDone) return;
    app.page.setState({ dialog: null });
    for (const { message } of diagnostics) app.say(message);
  };

  const name = file?.name ?? ownData.namedBy(nodeId)?.name ?? '';

  return (
    <Dialog
      title={name}
      description={table ? sizeInWords(table) : answer ? undefined : 'Looking at it…'}
      width={760}
      onClose={close}
      actions={
        <>
          {isBusy && <ReadingProgress part={progress} of={formatBytes(file?.size ?? 0)} />}
          <Button onClick={close}>{isBusy ? 'Stop' : 'Cancel'}</Button>
          <Button kind="primary" disabled={!canUse} onClick={() => void use()}>
            {file ? 'Use this data' : 'Use these columns'}
          </Button>
        </>
      }
    >
      <FaultList other={other} faults={faults} />
      {file && preview?.reading.dialect && (
        <DialectFields
          dialect={preview.reading.dialect}
          disabled={isBusy}
          onChange={(dialect) => {
            setUses([]);
            void look({ ...preview.reading, dialect }, true);
          }}
        />
      )}
      {table && (
        <>
          <ColumnTable
            table={table}
            uses={uses}
            dialect={file ? (preview?.reading.dialect ?? null) : null}
            disabled={isBusy}
            onUses={setUses}
            onDialect={(dialect) => preview && void look({ ...preview.reading, dialect })}
          />
          <div className={styles.options}>
            <FieldRow
              id="table-standardise"
              label="Standardise"
              description="Each number less its mean, divided by its standard deviation over the training rows."
            >
              <SwitchField
                id="table-standardise"
                label="Standardise"
                value={options.standardise}
                disabled={isBusy}
                onChange={(standardise) => setOptions({ ...options, standardise })}
              />
            </FieldRow>
            <FieldRow
              id="table-missing"
              label="Missing cells"
              description="What becomes of rows in which a chosen cell is missing."
            >
              <SelectField
                id="table-missing"
                label="Missing cells"
                value={options.missing}
                options={Object.keys(MISSING_TITLES)}
                titles={MISSING_TITLES}
                disabled={isBusy}
                onChange={(missing) =>
                  setOptions({ ...options, missing: missing === 'mean' ? 'mean' : 'drop' })
                }
              />
            </FieldRow>
            {file && (
              <PlaceField
                id="table-place"
                label="Put it"
                description="Which node has the data."
                place={place}
                asking={ownData.namedBy(nodeId) ? nodeId : null}
                disabled={isBusy}
                onChange={setPlace}
              />
            )}
          </div>
        </>
      )}
    </Dialog>
  );
}
