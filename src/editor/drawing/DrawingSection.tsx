import type { DocumentNode } from '../../document/schema';
import { changeParameter } from '../commands/nodeNames';
import { Section } from '../inspector/Section';
import { resolveParameters } from '../parameters/resolveParameters';
import { useEditor, useEditorStore } from '../store/useEditor';
import { DigitsPad } from './DigitsPad';
import type { Drawing } from './drawnParameter';
import { PointsPad } from './PointsPad';

/** Where a node's data is drawn by hand: each stroke is a step of undo. */
export function DrawingSection({ node, what }: { node: DocumentNode; what: Drawing }) {
  const store = useEditorStore();
  const readOnly = useEditor((state) => state.readOnly);
  const definition = store.registry.get(node.kind);
  const text = definition ? resolveParameters(definition, node.params)[what] : '';
  const change = (next: string): void => {
    store.edit(changeParameter(store, node, what, next));
  };
  const pad = {
    text: typeof text === 'string' ? text : '',
    disabled: readOnly,
    onChange: change,
    onStroke: store.endGesture,
  };
  return (
    <Section title="Drawing">
      {what === 'points' ? <PointsPad {...pad} /> : <DigitsPad {...pad} />}
    </Section>
  );
}
