import { Columns3, Folder, FolderOpen } from 'lucide-react';
import { formatWhole } from '../../core/formatNumber';
import type { DocumentNode } from '../../document/schema';
import type { NodeDefinition } from '../../graph/nodeDefinition';
import { ownHash } from '../../tables/ownAsset';
import { Section } from '../inspector/Section';
import { resolveParameters } from '../parameters/resolveParameters';
import { useEditor } from '../store/useEditor';
import { useKeptData, useOwnData } from './ownData';
import styles from './OwnDataSection.module.css';

const ICON = { size: 13, 'aria-hidden': true } as const;

/** Of a data node: the file that it is of, and how to choose one. */
export function OwnDataSection({
  node,
  definition,
}: {
  readonly node: DocumentNode;
  readonly definition: NodeDefinition;
}) {
  const ownData = useOwnData();
  const kept = useKeptData();
  const readOnly = useEditor((state) => state.readOnly);
  const spec = definition.dataset?.(resolveParameters(definition, node.params));
  if (!ownData || !spec || (readOnly && !spec.own)) return null;
  const hash = spec.own ? ownHash(spec.own.asset) : null;
  const isKept = hash !== null && kept?.has(hash) === true;
  const rows = spec.trainRows + spec.heldOutRows;
  return (
    <Section title={definition.ownData ? 'File' : 'Own data'}>
      {spec.own && (
        <p className={styles.file}>
          <span className={styles.name}>{spec.own.name}</span>
          <span className={styles.facts}>
            {formatWhole(rows)} rows, {formatWhole(spec.trainRows)} for training ·{' '}
            <span data-tip={`SHA-256 ${hash ?? ''}`}>{hash?.slice(0, 8)}…</span> ·{' '}
            {kept === null ? '' : isKept ? 'in this browser' : 'not in this browser'}
          </span>
        </p>
      )}
      {!readOnly && (
        <div className={styles.buttons}>
          <button
            type="button"
            className={styles.button}
            onClick={() => ownData.chooseFile(node.id)}
          >
            <FolderOpen {...ICON} />
            {spec.own
              ? isKept
                ? 'Another file…'
                : 'Choose the file…'
              : definition.ownData
                ? 'Choose a file…'
                : 'Use a file instead…'}
          </button>
          {definition.ownData === 'images' && (
            <button
              type="button"
              className={styles.button}
              onClick={() => ownData.chooseFile(node.id, true)}
            >
              <Folder {...ICON} /> A folder…
            </button>
          )}
          {isKept && definition.ownData === 'table' && (
            <button
              type="button"
              className={styles.button}
              onClick={() => ownData.chooseColumns(node.id)}
            >
              <Columns3 {...ICON} /> Columns…
            </button>
          )}
        </div>
      )}
    </Section>
  );
}
