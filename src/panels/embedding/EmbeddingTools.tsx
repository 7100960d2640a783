import { Download, Image, Pause, Play } from 'lucide-react';
import { formatWhole } from '../../core/formatNumber';
import { SelectField } from '../../editor/fields/SelectField';
import { IconButton } from '../../editor/ui/IconButton';
import type { EmbeddingSettings } from '../../probing/embedding/embeddingFrame';
import toolStyles from '../landscape/LandscapeTools.module.css';
import { colourChoices, colourId, colourOf } from './colourChoices';
import type { EmbeddingState } from './embeddingStore';
import { useEmbedding, useEmbeddingActions } from './useEmbedding';

interface EmbeddingToolsProps {
  /** Of the weights; null for the initial ones. */
  readonly step: number | null;
  readonly hasLabels: boolean;
  readonly onCsv: () => void;
  readonly onPng: () => void;
}

const METHODS: readonly { readonly id: EmbeddingSettings['method']; readonly title: string }[] = [
  { id: 'pca', title: 'PCA' },
  { id: 'umap', title: 'UMAP' },
];

/** What is embedded and how, what it is coloured by, and how it is saved. */
export function EmbeddingTools({ step, hasLabels, onCsv, onPng }: EmbeddingToolsProps) {
  const state = useEmbedding((all) => all);
  const { settings, stale, following } = state;
  const { choose, follow } = useEmbeddingActions();
  return (
    <div className={toolStyles.tools}>
      <span className={toolStyles.when} data-stale={stale}>
        {step === null ? 'Initial weights' : `Step ${formatWhole(step)}`}
        {stale && ' · of the graph that ran'}
      </span>
      <IconButton
        label={following ? 'Stay with this step' : 'Go on with the run'}
        pressed={!following}
        onClick={() => follow(!following)}
      >
        {following ? (
          <Pause size={15} strokeWidth={1.75} aria-hidden />
        ) : (
          <Play size={15} strokeWidth={1.75} aria-hidden />
        )}
      </IconButton>
      <PortField {...state} />
      <Choice
        label="Method"
        options={METHODS}
        value={settings.method}
        onChoose={(method) => choose({ method })}
      />
      <Choice
        label="Dimensions"
        options={DIMENSIONS}
        value={settings.dimensions}
        onChoose={(dimensions) => choose({ dimensions })}
      />
      <ColourField {...state} hasLabels={hasLabels} />
      <IconButton label="Save the embedding as CSV" onClick={onCsv}>
        <Download size={15} strokeWidth={1.75} aria-hidden />
      </IconButton>
      <IconButton label="Save the embedding as PNG" onClick={onPng}>
        <Image size={15} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </div>
  );
}

const DIMENSIONS: readonly { readonly id: 2 | 3; readonly title: string }[] = [
  { id: 2, title: '2-D' },
  { id: 3, title: '3-D' },
];

/** Which values are drawn. */
export function PortField({ ports, settings }: Pick<EmbeddingState, 'ports' | 'settings'>) {
  const { choose } = useEmbeddingActions();
  if (ports === null || ports.length < 2) return null;
  return (
    <div className={toolStyles.select}>
      <SelectField
        id="embedding-port"
        label="Values that are drawn"
        value={settings.port}
        options={ports.map(({ key }) => key)}
        titles={Object.fromEntries(
          ports.map(({ key, label, width }) => [key, `${label} · ${width}`]),
        )}
        onChange={(port) => choose({ port })}
      />
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
