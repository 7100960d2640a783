import { ChevronLeft, ChevronRight, Pause, Play, Shuffle } from 'lucide-react';
import { useEffect } from 'react';
import { formatNumber, formatWhole } from '../../core/formatNumber';
import { NumberField } from '../../editor/fields/NumberField';
import { IconButton } from '../../editor/ui/IconButton';
import legend from '../charts/Legend.module.css';
import type { SequenceFrame } from '../../probing/sequence/sequenceFrame';
import { markStyle } from './markStyle';
import { MarkSwatch } from './MarkSwatch';
import styles from './Sequence.module.css';
import { ofSequence, placeErrors, stepAt } from './sequenceErrors';

export interface Look {
  readonly sequence: number;
  readonly step: number;
  readonly playing: boolean;
  /** Probes that are not drawn. */
  readonly hidden: readonly string[];
}

interface SequenceControlsProps {
  readonly frame: SequenceFrame;
  readonly steps: number;
  readonly look: Look;
  readonly onLook: (change: Partial<Look>) => void;
}

const WHOLE = { openMin: false, openMax: false, integer: true, step: 1 };
/** From one picture to the next while it plays. */
const PACE_MS = 250;
const STILL = '(prefers-reduced-motion: reduce)';

/** Which sequence is looked at and which of its steps, and what the marks over it are. */
export function SequenceControls({ frame, steps, look, onLook }: SequenceControlsProps) {
  const { sequence, step, playing } = look;
  const { sequences } = frame;
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => onLook({ step: (step + 1) % steps }), PACE_MS);
    return () => clearTimeout(timer);
  }, [playing, step, steps, onLook]);
  return (
    <div className={styles.controls} role="group" aria-label="Sequence and step">
      <div className={styles.row}>
        <label htmlFor="sequence-number">Sequence</label>
        <span className={styles.field}>
          <NumberField
            id="sequence-number"
            label="Held-out sequence"
            value={sequence + 1}
            limits={{ ...WHOLE, min: 1, max: sequences }}
            onChange={(next) => next !== null && onLook({ sequence: next - 1 })}
            onCommit={() => undefined}
          />
        </span>
        <span className={styles.unit}>of {formatWhole(sequences)}</span>
        <IconButton
          label="Sequence before"
          onClick={() => onLook({ sequence: (sequence + sequences - 1) % sequences })}
        >
          <ChevronLeft size={15} strokeWidth={1.75} aria-hidden />
        </IconButton>
        <IconButton
          label="Next sequence"
          onClick={() => onLook({ sequence: (sequence + 1) % sequences })}
        >
          <ChevronRight size={15} strokeWidth={1.75} aria-hidden />
        </IconButton>
        <IconButton
          label="Any other sequence"
          onClick={() => onLook({ sequence: another(sequence, sequences) })}
        >
          <Shuffle size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </div>
      <div className={styles.row}>
        {/* Who wants no motion has the slider. */}
        {!window.matchMedia(STILL).matches && (
          <IconButton
            label={playing ? 'Stop the film' : 'Play the film'}
            pressed={playing}
            onClick={() => onLook({ playing: !playing })}
          >
            {playing ? (
              <Pause size={15} strokeWidth={1.75} aria-hidden />
            ) : (
              <Play size={15} strokeWidth={1.75} aria-hidden />
            )}
          </IconButton>
        )}
        <input
          type="range"
          min={1}
          max={steps}
          value={step + 1}
          aria-label="Step of the sequence"
          aria-valuetext={`Step ${step + 1} of ${steps}`}
          onChange={({ currentTarget }) =>
            onLook({ step: currentTarget.valueAsNumber - 1, playing: false })
          }
        />
        <span className={styles.count}>
          {step + 1} of {steps}
        </span>
      </div>
      <PlaceLegend {...{ frame, look, onLook }} />
    </div>
  );
}

/** What each mark is, how far it is off here, and on the mean. */
function PlaceLegend({ frame, look, onLook }: Omit<SequenceControlsProps, 'steps'>) {
  const { places } = frame;
  const { sequence, step, hidden } = look;
  if (places.length === 0) {
    return (
      <p className={styles.note}>
        A linear probe whose target is a place in the picture is drawn over it: connect one to what
        is predicted, with the place of the data, cut to the same steps, as its target.
      </p>
    );
  }
  return (
    <div className={styles.legend} role="group" aria-label="Places">
      {places.map((place, index) => {
        const { nodeId, label, frames } = place;
        const at = stepAt(frames, step);
        const error = at === null ? null : ofSequence(placeErrors(place), frame, sequence)[at];
        const isHidden = hidden.includes(nodeId);
        return (
          <button
            key={nodeId}
            type="button"
            className={legend.entry}
            aria-pressed={!isHidden}
            onClick={() =>
              onLook({
                hidden: isHidden ? hidden.filter((id) => id !== nodeId) : [...hidden, nodeId],
              })
            }
          >
            <MarkSwatch style={markStyle(index)} />
            <span className={`${legend.name ?? ''} ${styles.name ?? ''}`}>{label}</span>
            <span className={styles.error}>
              {error == null ? `from ${(frames[0] ?? 0) + 1}` : `± ${formatNumber(error)}`}
            </span>
          </button>
        );
      })}
      <p className={styles.note}>
        The cross is where it is; numbers say how far off a mark is (half the width is 1).
      </p>
    </div>
  );
}

function another(sequence: number, sequences: number): number {
  const further = 1 + Math.floor(Math.random() * Math.max(1, sequences - 1));
  return (sequence + further) % sequences;
}
