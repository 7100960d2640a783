import { Check, Copy, X } from 'lucide-react';
import type { ListedArray, ListedKernel } from '../../codegen/report/kernelListing';
import type { NodeView } from '../../editor/model/nodeView';
import { formatBytes, plural } from '../../core/formatNumber';
import { selectionOf } from '../../editor/store/selection';
import { useEditor, useEditorStore } from '../../editor/store/useEditor';
import { IconButton } from '../../editor/ui/IconButton';
import { Button } from '../ui/Button';
import { useCopy } from '../ui/useCopy';
import styles from './KernelDetail.module.css';
import { formatGrid, opCounts } from './kernelText';
import { WgslSource } from './WgslSource';

const SAID = { copied: 'Copied', refused: 'The browser refused' };

interface KernelDetailProps {
  readonly kernel: ListedKernel;
  readonly index: number;
  /** Those that are in the document. */
  readonly nodes: readonly NodeView[];
  readonly onClose: () => void;
}

/** One kernel: what it is for, what it moves, and its source. */
export function KernelDetail({ kernel, index, nodes, onClose }: KernelDetailProps) {
  const { kind, count, workgroups, wgsl, opNames, reads, writes } = kernel;
  const single = workgroups[0] * workgroups[1] === 1;
  const facts = [
    kind,
    count === 1 ? 'once a step' : `${plural(count, 'time')} a step`,
    single ? '1 group' : `${formatGrid(workgroups)} groups`,
  ].join(' · ');
  return (
    <section className={styles.detail} aria-label={`Kernel ${index + 1}`}>
      <header className={styles.head}>
        <h3>Kernel {index + 1}</h3>
        <span className={styles.facts} data-tip={facts}>
          {facts}
        </span>
        <CopyButton key={wgsl} text={wgsl} />
        <IconButton label="Close the kernel" onClick={onClose}>
          <X size={15} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </header>
      <WgslSource key={index} wgsl={wgsl} label={`Kernel ${index + 1}: what it does and its WGSL`}>
        <dl className={styles.list}>
          <dt>For</dt>
          <dd className={styles.chips}>
            {nodes.length === 0 && 'the step itself'}
            {nodes.map((node) => (
              <NodeChip key={node.id} node={node} />
            ))}
          </dd>
          <dt>{plural(opNames.length, 'op')}</dt>
          <dd className={styles.code}>
            {opCounts(opNames).map(({ name, count: times }) => (
              <span key={name}>{times > 1 ? `${name} ×${times}` : name}</span>
            ))}
          </dd>
          <dt>Reads</dt>
          <dd className={styles.code}>
            <Arrays arrays={reads} />
          </dd>
          <dt>Writes</dt>
          <dd className={styles.code}>
            <Arrays arrays={writes} />
          </dd>
        </dl>
      </WgslSource>
    </section>
  );
}

function Arrays({ arrays }: { arrays: readonly ListedArray[] }) {
  if (arrays.length === 0) return '–';
  return arrays.map(({ name, bytes }) => (
    <span key={name}>
      {name} <span className={styles.bytes}>{formatBytes(bytes)}</span>
    </span>
  ));
}

function NodeChip({ node }: { node: NodeView }) {
  const store = useEditorStore();
  const selected = useEditor(({ selection }) => selection.nodes.has(node.id));
  return (
    <button
      type="button"
      className={styles.chip}
      data-category={node.category}
      aria-pressed={selected}
      data-tip="Select on the canvas"
      onClick={() => store.select(selectionOf({ nodes: [node.id] }))}
    >
      {node.label}
    </button>
  );
}

function CopyButton({ text }: { text: string }) {
  const { outcome, copy } = useCopy(text);
  const Icon = outcome === 'copied' ? Check : Copy;
  return (
    <Button
      kind="quiet"
      className={styles.copy}
      icon={<Icon size={14} strokeWidth={1.75} aria-hidden />}
      tip="Copy the WGSL"
      onClick={() => void copy()}
    >
      <span aria-live="polite">{outcome === null ? 'Copy' : SAID[outcome]}</span>
    </Button>
  );
}
