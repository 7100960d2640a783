import { FieldRow } from '../../editor/fields/FieldRow';
import { NumberField } from '../../editor/fields/NumberField';
import { SelectField } from '../../editor/fields/SelectField';
import { SliderField } from '../../editor/fields/SliderField';
import { formatWhole } from '../../core/formatNumber';
import type { Domain } from '../../graph/inferenceStrategy';
import type { LatentFrame } from '../../probing/latent/latentFrame';
import { codeCount, codeOfValue, nameOfCode, valueOfCode } from '../../graph/latentCodes';
import { Button } from '../ui/Button';
import styles from './Latent.module.css';
import type { LatentChoice } from './latentStore';
import { useLatent, useLatentActions } from './useLatent';

const OPEN = { min: -1e9, max: 1e9, openMin: true, openMax: true, integer: false, step: null };
const WHOLE = { openMin: false, openMax: false, integer: true, step: 1 };
const CIRCLE = 2 * Math.PI;
/** A number that never varies has a slider all the same. */
const LEAST_REACH = 0.1;

/** Chooses a code: that of a sample, and numbers that are changed by hand. */
export function LatentControls({ choice, frame }: { choice: LatentChoice; frame: LatentFrame }) {
  const { setSample, change, restore } = useLatentActions();
  const changes = useLatent((state) => state.changes);
  const isChanged = Object.keys(changes).length > 0;
  return (
    <div className={styles.controls} role="group" aria-label={`Code ${choice.label}`}>
      <div className={styles.row}>
        <label htmlFor="latent-sample">{choice.label} of sample</label>
        <span className={styles.field}>
          <NumberField
            id="latent-sample"
            label="Held-out sample whose code is shown"
            value={frame.sample + 1}
            limits={{ ...WHOLE, min: 1, max: frame.samples }}
            onChange={(next) => next !== null && setSample(next - 1)}
            onCommit={() => undefined}
          />
        </span>
        <span className={styles.unit}>of {formatWhole(frame.samples)}</span>
        <Button kind="quiet" disabled={!isChanged} onClick={restore}>
          As it is
        </Button>
      </div>
      <CodeField choice={choice} frame={frame} onChange={change} />
      {frame.traversals.map(({ component }) => {
        const name = nameOfNumber(choice, frame, component);
        const id = `latent-number-${component}`;
        return (
          <FieldRow key={component} id={id} label={name} stacked>
            <SliderField
              id={id}
              label={name}
              value={changes[component] ?? rounded(frame.code[component] ?? 0)}
              control={{
                ...{ kind: 'slider', limits: OPEN, scale: 'linear' },
                range: rangeOf(choice.domain, frame, component),
              }}
              onChange={(value) => change({ [component]: value })}
              onCommit={() => undefined}
            />
          </FieldRow>
        );
      })}
      {frame.traversals.length < frame.code.length && frame.traversals.length > 0 && (
        <p className={styles.note}>
          {frame.traversals.length} of {frame.code.length} numbers: those that vary most.
        </p>
      )}
    </div>
  );
}

interface CodeFieldProps {
  readonly choice: LatentChoice;
  readonly frame: LatentFrame;
  readonly onChange: (numbers: Readonly<Record<number, number>>) => void;
}

/** Of a list, which code. */
function CodeField({ choice: { label, domain }, frame, onChange }: CodeFieldProps) {
  const latent = { label, domain, size: frame.code.length };
  const count = codeCount(latent);
  if (count === null) return null;
  const codes = Array.from({ length: Math.min(count, frame.gallery?.count ?? 0) }, (_, i) => i);
  return (
    <SelectField
      id="latent-code"
      label={`Value of ${label}`}
      value={String(codeOfValue(latent, [...frame.chosen]))}
      options={codes.map(String)}
      titles={Object.fromEntries(codes.map((code) => [String(code), nameOfCode(latent, code)]))}
      onChange={(code) => onChange({ ...valueOfCode(latent, Number(code)) })}
    />
  );
}

/** `z₃`, or `z` where it has one number. */
export function nameOfNumber(
  { label }: Pick<LatentChoice, 'label'>,
  { code }: Pick<LatentFrame, 'code'>,
  component: number,
): string {
  if (code.length === 1) return label;
  const digits = String(component + 1).replace(/\d/g, (digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)] ?? '');
  return `${label}${digits}`;
}

/** What inference finds has many digits of no use. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** From −3σ to 3σ of what samples have. */
function rangeOf(
  { kind }: Domain,
  { mean, deviation }: LatentFrame,
  component: number,
): readonly [number, number] {
  if (kind === 'circle') return [0, CIRCLE];
  const middle = mean[component] ?? 0;
  const reach = Math.max(3 * (deviation[component] ?? 0), LEAST_REACH);
  return [middle - reach, middle + reach];
}
