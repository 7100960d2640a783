import { CircuitBoard, LoaderCircle } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { NodeView } from '../../editor/model/nodeView';
import { useEditor } from '../../editor/store/useEditor';
import { useViews } from '../../editor/store/ViewsContext';
import { DockTools } from '../DockTools';
import { EmptyPanel } from '../EmptyPanel';
import { ProblemPanel } from '../ProblemPanel';
import { KernelDetail } from './KernelDetail';
import styles from './KernelsPanel.module.css';
import type { ShownPlan } from './kernelsStore';
import { KernelTable } from './KernelTable';
import { MemoryTable } from './MemoryTable';
import { PlanSummary } from './PlanSummary';
import { PlanUseNote } from './PlanUseNote';
import { useKernels, useKernelsActions } from './useKernels';

/** The compiled training step, kernel by kernel, with the nodes that each came from. */
export function KernelsPanel() {
  const { watch, retry } = useKernelsActions();
  const { plan, planning, problem } = useKernels((state) => state);
  useEffect(() => watch(), [watch]);

  if (plan !== null) return <Plan plan={plan} planning={planning} />;
  if (problem !== null) {
    return (
      <ProblemPanel
        problem={problem}
        title="Planning stopped on a failure"
        trying={planning}
        retry={retry}
      />
    );
  }
  return (
    <EmptyPanel
      icon={<CircuitBoard size={20} strokeWidth={1.5} aria-hidden />}
      title="The graph is being compiled"
    >
      Here stand the kernels of one training step: what each computes, for which nodes, how many
      bytes it moves, and its WGSL source.
    </EmptyPanel>
  );
}

function Plan({ plan, planning }: { plan: ShownPlan; planning: boolean }) {
  const { kernels, arenas } = plan.listing;
  const { choose } = useKernelsActions();
  const chosen = useKernels((state) => state.chosen);
  const selected = useEditor(({ selection }) => selection.nodes);
  const [onlySelected, setOnlySelected] = useState(true);
  const { nodes: views } = useViews();

  const rows = useMemo(
    () =>
      kernels.map((kernel, index) => ({
        index,
        kernel,
        labels: kernel.nodes.map((id) => views.get(id)?.label ?? id),
        serves: kernel.nodes.some((id) => selected.has(id)),
      })),
    [kernels, views, selected],
  );
  const serving = useMemo(() => rows.filter(({ serves }) => serves), [rows]);
  const filtered = onlySelected && selected.size > 0;
  const kernel = chosen === null ? undefined : kernels[chosen];

  return (
    <div className={styles.panel} data-planning={planning} aria-busy={planning}>
      <DockTools>
        {planning && (
          <span className={styles.planning} role="status">
            <LoaderCircle size={14} strokeWidth={1.75} aria-hidden /> Compiling
          </span>
        )}
        <PlanUseNote plan={plan} place="tools" />
        {selected.size > 0 && (
          <button
            type="button"
            className={styles.filter}
            aria-pressed={onlySelected}
            data-tip="Show only the kernels that serve the selected nodes"
            onClick={() => setOnlySelected(!onlySelected)}
          >
            Selected nodes only
            <span>
              {serving.length} of {kernels.length}
            </span>
          </button>
        )}
      </DockTools>
      <div className={styles.summary}>
        <PlanSummary plan={plan} />
        <PlanUseNote plan={plan} place="panel" />
      </div>
      <div className={styles.parts}>
        {filtered && serving.length === 0 ? (
          <p className={styles.none}>
            No kernel computes for {namesOf(selected, views)} alone: what it gives is read where it
            is needed.
          </p>
        ) : (
          <KernelTable
            rows={filtered ? serving : rows}
            total={kernels.length}
            chosen={chosen}
            onChoose={choose}
          />
        )}
        {kernel === undefined || chosen === null ? (
          <MemoryTable arenas={arenas} />
        ) : (
          <KernelDetail
            kernel={kernel}
            index={chosen}
            nodes={kernel.nodes.flatMap((id) => views.get(id) ?? [])}
            onClose={() => choose(null)}
          />
        )}
      </div>
    </div>
  );
}

function namesOf(ids: ReadonlySet<string>, views: ReadonlyMap<string, NodeView>): string {
  const [only] = ids;
  const view = ids.size === 1 && only !== undefined ? views.get(only) : undefined;
  return view === undefined ? 'the selected nodes' : `“${view.label}”`;
}
