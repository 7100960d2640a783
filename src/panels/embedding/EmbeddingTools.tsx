import { Download, Pause, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatWhole } from '../../core/formatNumber';
import { SelectField } from '../../editor/fields/SelectField';
import { IconButton } from '../../editor/ui/IconButton';
import toolStyles from '../landscape/LandscapeTools.module.css';
import type { EmbeddingState } from './embeddingStore';
import { useEmbedding, useEmbeddingActions } from './useEmbedding';

interface EmbeddingToolsProps {
  /** Of the weights; null for the initial ones. */
  readonly step: number | null;
  readonly onCsv: () => void;
  readonly saveFigure: ReactNode;
}

/** Which weights and which values are embedded, and how the embedding is saved. */
export function EmbeddingTools({ step, onCsv, saveFigure }: EmbeddingToolsProps) {
  const state = useEmbedding((all) => all);
  const { stale, following } = state;
  const { follow } = useEmbeddingActions();
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
      <IconButton label="Save the embedding as CSV" onClick={onCsv}>
        <Download size={15} strokeWidth={1.75} aria-hidden />
      </IconButton>
      {saveFigure}
    </div>
  );
}

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
        titles={Object.fromEntries(ports.map(({ key, label }) => [key, label]))}
        onChange={(port) => choose({ port })}
      />
    </div>
  );
}
