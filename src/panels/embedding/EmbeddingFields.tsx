import { SelectField } from '../../editor/fields/SelectField';
import type { EmbeddingSettings } from '../../probing/embedding/embeddingFrame';
import toolStyles from '../landscape/LandscapeTools.module.css';
import { colourChoices, colourId, colourOf } from './colourChoices';
import styles from './EmbeddingAside.module.css';
import type { EmbeddingState } from './embeddingStore';
import { useEmbedding, useEmbeddingActions } from './useEmbedding';

const METHODS: readonly { readonly id: EmbeddingSettings['method']; readonly title: string }[] = [
  { id: 'pca', title: 'PCA' },
  { id: 'umap', title: 'UMAP' },
];
const DIMENSIONS: readonly { readonly id: 2 | 3; readonly title: string }[] = [
  { id: 2, title: '2-D' },
  { id: 3, title: '3-D' },
];

/** How values become points, and what these are coloured by. */
export function EmbeddingFields({ hasLabels }: { hasLabels: boolean }) {
  const state = useEmbedding((all) => all);
  const { method, dimensions } = state.settings;
  const { choose } = useEmbeddingActions();
  return (
    <div className={styles.fields}>
      <Choice
        label="Method"
        options={METHODS}
        value={method}
        onChoose={(next) => choose({ method: next })}
      />
      <Choice
        label="Dimensions"
        options={DIMENSIONS}
        value={dimensions}
        onChoose={(next) => choose({ dimensions: next })}
      />
      <ColourField {...state} hasLabels={hasLabels} />
    </div>
  );
}

interface ChoiceProps<Id extends string | number> {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly title: string }[];
  readonly value: Id;
  readonly onChoose: (id: Id) => void;
}

function Choice<Id extends string | number>({ label, options, value, onChoose }: ChoiceProps<Id>) {
  return (
    <div className={toolStyles.choice} role="group" aria-label={label}>
      {options.map(({ id, title }) => (
        <button key={id} type="button" aria-pressed={value === id} onClick={() => onChoose(id)}>
          {title}
        </button>
      ))}
    </div>
  );
}

function ColourField({ hasLabels, ...state }: EmbeddingState & { readonly hasLabels: boolean }) {
  const { choose } = useEmbeddingActions();
  const choices = colourChoices(state, hasLabels);
  const { colour } = state.settings;
  return (
    <div className={toolStyles.select}>
      <SelectField
        id="embedding-colour"
        label="Coloured by"
        value={colourId(colour)}
        options={choices.map(({ id }) => id)}
        titles={Object.fromEntries(choices.map(({ id, title }) => [id, title]))}
        onChange={(id) => choose({ colour: colourOf(id) })}
      />
    </div>
  );
}
