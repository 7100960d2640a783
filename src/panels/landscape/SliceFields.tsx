import { Dices } from 'lucide-react';
import type { ComponentType } from 'react';
import { formatWhole } from '../../core/formatNumber';
import { NumberField } from '../../editor/fields/NumberField';
import { SelectField } from '../../editor/fields/SelectField';
import { IconButton } from '../../editor/ui/IconButton';
import type { LandscapeFrame } from '../../probing/landscape/landscapeFrame';
import { drawnRows } from './drawnRows';
import styles from './LandscapeAside.module.css';
import type { LandscapeVariable, PlaneControl } from './landscapeStore';
import { useLandscape, useLandscapeActions } from './useLandscape';

interface SliceFieldProps {
  readonly variable: LandscapeVariable;
  readonly frame: LandscapeFrame;
}

/** What is chosen about each kind of plane. A further one is an entry here. */
const CONTROLS: Readonly<Record<PlaneControl, ComponentType<SliceFieldProps>>> = {
  sample: HeldSampleField,
  samples: SamplesFields,
  components: ComponentFields,
  objective: ObjectiveFields,
};

/** What is chosen about a plane besides its range. */
export function SliceFields(props: SliceFieldProps) {
  return props.variable.controls.map((control) => {
    const Control = CONTROLS[control];
    return <Control key={control} {...props} />;
  });
}

const WHOLE = { min: 1, openMin: false, openMax: false, integer: true, step: 1 } as const;

function HeldSampleField({ variable, frame: { sample } }: SliceFieldProps) {
  const { setSample } = useLandscapeActions();
  if (sample === null) return null;
  return (
    <div className={styles.row}>
      <label htmlFor="landscape-sample">{variable.held} of sample</label>
      <RowField
        id="landscape-sample"
        label={`Held-out sample that gives ${variable.held}`}
        value={sample.index}
        count={sample.count}
        onChange={setSample}
      />
      <span className={styles.unit}>of {formatWhole(sample.count)}</span>
    </div>
  );
}

/** The samples that a plane goes through. */
function SamplesFields({ variable, frame: { available: count } }: SliceFieldProps) {
  const slice = useLandscape((state) => state.slice);
  const { setSlice } = useLandscapeActions();
  const { first, second, third, seed } = slice;
  return (
    <div className={styles.ranges} role="group" aria-label="The plane goes through">
      <div className={styles.row}>
        <label htmlFor="landscape-first">a: sample</label>
        <RowField
          id="landscape-first"
          label="Held-out sample at a = 0"
          value={first}
          count={count}
          onChange={(row) => setSlice({ first: row })}
        />
        <span className={styles.unit}>to</span>
        <RowField
          id="landscape-second"
          label="Held-out sample at a = 1"
          value={second}
          count={count}
          onChange={(row) => setSlice({ second: row })}
        />
        <IconButton
          label="Draw other samples"
          onClick={() =>
            setSlice({ ...drawnRows(count, seed + 1, third !== null), seed: seed + 1 })
          }
        >
          <Dices size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </div>
      <div className={styles.row}>
        <span>b:</span>
        <span className={styles.choice}>
          <SelectField
            id="landscape-other"
            label="Direction of b"
            value={third === null ? 'random' : 'sample'}
            options={['sample', 'random']}
            titles={{ sample: 'towards sample', random: 'at random' }}
            onChange={(other) =>
              setSlice({ third: other === 'random' ? null : Math.max(first, second) + 1 })
            }
          />
        </span>
        {third !== null && (
          <RowField
            id="landscape-third"
            label="Held-out sample that b leads towards"
            value={third}
            count={count}
            onChange={(row) => setSlice({ third: row })}
          />
        )}
      </div>
      <p className={styles.note}>
        {`a is 0 at the first sample and 1 at the second, b is orthogonal to that and as long.`}
        {variable.held !== '' && ` ${variable.held} is that of the first sample everywhere.`}
      </p>
    </div>
  );
}

/** Which numbers of a code vary. */
function ComponentFields({ variable }: SliceFieldProps) {
  const slice = useLandscape((state) => state.slice);
  const { setSlice } = useLandscapeActions();
  const { components, seed } = slice;
  const { components: count, argument } = variable;
  return (
    <div className={styles.ranges} role="group" aria-label={`Directions of ${argument}`}>
      <div className={styles.row}>
        <span className={styles.choice}>
          <SelectField
            id="landscape-directions"
            label={`Directions of ${argument}`}
            value={components === null ? 'random' : 'numbers'}
            options={['numbers', 'random']}
            titles={{ numbers: 'numbers', random: 'at random' }}
            onChange={(choice) => setSlice({ components: choice === 'random' ? null : [0, 1] })}
          />
        </span>
        {components !== null && (
          <>
            <RowField
              id="landscape-component-1"
              label={`Number of ${argument} along the first axis`}
              value={components[0]}
              count={count}
              onChange={(component) => setSlice({ components: [component, components[1]] })}
            />
            <span className={styles.unit}>and</span>
            <RowField
              id="landscape-component-2"
              label={`Number of ${argument} along the second axis`}
              value={components[1]}
              count={count}
              onChange={(component) => setSlice({ components: [components[0], component] })}
            />
          </>
        )}
        {components === null && (
          <IconButton label="Draw other directions" onClick={() => setSlice({ seed: seed + 1 })}>
            <Dices size={14} strokeWidth={1.75} aria-hidden />
          </IconButton>
        )}
      </div>
      <p className={styles.note}>
        {components === null
          ? `d₁ and d₂ are orthogonal and of length 1; ${argument} is as it was found where a = b = 0.`
          : `The other ${formatWhole(Math.max(0, count - 2))} are as they were found.`}
      </p>
    </div>
  );
}

/** No id of a node has a colon. */
const WHOLE_LOSS = ':all';

/** Which term of an objective, on which rows, along which directions of the weights. */
function ObjectiveFields({ variable: { terms }, frame: { missing, values } }: SliceFieldProps) {
  const { term, split, seed } = useLandscape((state) => state.slice);
  const { setSlice } = useLandscapeActions();
  return (
    <div className={styles.ranges} role="group" aria-label="Loss">
      <div className={styles.row}>
        <span className={styles.choice}>
          <SelectField
            id="landscape-term"
            label="Term of the objective"
            value={terms.some(({ id }) => id === term) && term !== null ? term : WHOLE_LOSS}
            options={[WHOLE_LOSS, ...terms.map(({ id }) => id)]}
            titles={{
              [WHOLE_LOSS]: 'all terms',
              ...Object.fromEntries(terms.map(({ id, label }) => [id, label])),
            }}
            onChange={(id) => setSlice({ term: id === WHOLE_LOSS ? null : id })}
          />
        </span>
        <span className={styles.unit}>on</span>
        <span className={styles.choice}>
          <SelectField
            id="landscape-split"
            label="Rows that it is evaluated on"
            value={split}
            options={['heldOut', 'train']}
            titles={{ heldOut: 'held-out', train: 'training' }}
            onChange={(rows) => setSlice({ split: rows === 'train' ? 'train' : 'heldOut' })}
          />
        </span>
        <IconButton label="Draw other directions" onClick={() => setSlice({ seed: seed + 1 })}>
          <Dices size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </div>
      <p className={styles.note}>
        δ and η are random, each filter of them as long as that of the weights θ: at a = 1 every
        filter has moved by its own length. Biases and scales stay.
      </p>
      {missing > 0 && (
        <p className={styles.note} role="status">
          {`${formatWhole(values.length - missing)} of ${formatWhole(values.length)} points so far.`}
        </p>
      )}
    </div>
  );
}

interface RowFieldProps {
  readonly id: string;
  readonly label: string;
  /** From 0; shown from 1. */
  readonly value: number;
  readonly count: number;
  readonly onChange: (value: number) => void;
}

function RowField({ id, label, value, count, onChange }: RowFieldProps) {
  return (
    <span className={styles.field}>
      <NumberField
        id={id}
        label={label}
        value={value + 1}
        limits={{ ...WHOLE, max: Math.max(1, count) }}
        onChange={(next) => next !== null && onChange(next - 1)}
        onCommit={() => undefined}
      />
    </span>
  );
}
