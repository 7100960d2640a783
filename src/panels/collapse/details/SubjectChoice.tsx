import { selectionOf } from '../../../editor/store/selection';
import { useEditor, useEditorStore } from '../../../editor/store/useEditor';
import type { ProbeReport } from '../../../probing/report';
import { subjectsOf, type Subject } from './subjects';

/** What the details are of: the node that is selected, or else the first that the report says something of. */
export function useSubject(report: ProbeReport): Subject | undefined {
  const selected = useEditor(({ selection }) =>
    selection.nodes.size === 1 ? ([...selection.nodes][0] ?? null) : null,
  );
  const subjects = subjectsOf(report);
  return subjects.find(({ nodeId }) => nodeId === selected) ?? subjects[0];
}

/** Selects the node that the details are of. */
export function SubjectChoice({ report }: { report: ProbeReport }) {
  const store = useEditorStore();
  const subject = useSubject(report);
  return (
    <select
      aria-label="Details of"
      value={subject?.nodeId}
      onChange={(event) => store.select(selectionOf({ nodes: [event.currentTarget.value] }))}
    >
      {subjectsOf(report).map(({ nodeId, label }) => (
        <option key={nodeId} value={nodeId}>
          {label}
        </option>
      ))}
    </select>
  );
}
