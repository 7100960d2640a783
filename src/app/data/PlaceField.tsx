import { useMemo } from 'react';
import { FieldRow } from '../../editor/fields/FieldRow';
import { SelectField } from '../../editor/fields/SelectField';
import { useApp } from '../useApp';
import { dataNodes } from './placeData';

const NEW_NODE = 'new';

interface PlaceFieldProps {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Id of the node; null for a new one. */
  readonly place: string | null;
  /** The node that asked for it, which it is no replacement of. */
  readonly asking?: string | null;
  readonly disabled: boolean;
  readonly onChange: (place: string | null) => void;
}

/** Where somebody's own data goes: into a new node, or in place of one that has data. */
export function PlaceField({ id, label, description, asking = null, ...props }: PlaceFieldProps) {
  const { editor } = useApp();
  const nodes = useMemo(() => dataNodes(editor), [editor]);
  const titles: Record<string, string> = { [NEW_NODE]: 'As a new node' };
  for (const node of nodes) titles[node.id] = `In place of “${node.label}”`;
  if (asking !== null) titles[asking] = 'In the node that it is for';
  return (
    <FieldRow id={id} label={label} description={description}>
      <SelectField
        id={id}
        label={label}
        value={props.place ?? NEW_NODE}
        options={Object.keys(titles)}
        titles={titles}
        disabled={props.disabled}
        onChange={(chosen) => props.onChange(chosen === NEW_NODE ? null : chosen)}
      />
    </FieldRow>
  );
}
