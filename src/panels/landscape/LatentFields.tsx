import { FieldRow } from '../../editor/fields/FieldRow';
import { SelectField } from '../../editor/fields/SelectField';
import { SliderField } from '../../editor/fields/SliderField';
import styles from './LandscapeAside.module.css';
import { codeCount, codeOfValue, nameOfCode, valueOfCode } from '../../graph/latentCodes';
import type { ChosenLatent } from './landscapeStore';
import { useLandscape, useLandscapeActions } from './useLandscape';

const CIRCLE = 2 * Math.PI;
const OPEN = { min: -1e9, max: 1e9, openMin: true, openMax: true, integer: false, step: null };

/** Chooses z, to see which y goes with it. */
export function LatentFields({ latents }: { latents: readonly ChosenLatent[] }) {
  const value = useLandscape((state) => state.value);
  const { chooseValue } = useLandscapeActions();
  const latent = latents.find(({ key }) => key === value?.key);
  if (!latent || value === null) return null;
  const [first, second] = numberNames(latent);
  return (
    <div className={styles.latent} role="group" aria-label="ŷ for a chosen z">
      {latents.length > 1 && (
        <div className={styles.row}>
          <span className={styles.name}>ŷ for</span>
          <SelectField
            id="landscape-latent"
            label="Latent that ŷ is shown for"
            value={latent.key}
            options={latents.map(({ key }) => key)}
            titles={Object.fromEntries(latents.map(({ key, label }) => [key, label]))}
            onChange={(key) => {
              const next = latents.find((one) => one.key === key);
              if (next) chooseValue({ key, value: valueOfCode(next, 0) });
            }}
          />
        </div>
      )}
      {codeCount(latent) !== null ? (
        <CodeField latent={latent} value={value.value} isNamed={latents.length === 1} />
      ) : (
        [first, second].slice(0, latent.size).map((name = '', index) => (
          <FieldRow
            key={name}
            id={`landscape-latent-${index}`}
            label={latents.length === 1 ? `ŷ for ${name}` : name}
            stacked
          >
            <SliderField
              id={`landscape-latent-${index}`}
              label={`${name}, for which ŷ is shown`}
              value={value.value[index] ?? 0}
              control={{ kind: 'slider', limits: OPEN, range: rangeOf(latent), scale: 'linear' }}
              onChange={(next) =>
                chooseValue({ key: latent.key, value: value.value.with(index, next) })
              }
              onCommit={() => undefined}
            />
          </FieldRow>
        ))
      )}
    </div>
  );
}

interface CodeFieldProps {
  readonly latent: ChosenLatent;
  readonly value: readonly number[];
  readonly isNamed: boolean;
}

function CodeField({ latent, value, isNamed }: CodeFieldProps) {
  const { chooseValue } = useLandscapeActions();
  const codes = Array.from({ length: codeCount(latent) ?? 0 }, (_, code) => code);
  return (
    <div className={styles.row}>
      <span className={styles.name}>{isNamed ? 'ŷ for' : 'at'}</span>
      <SelectField
        id="landscape-code"
        label={`Value of ${latent.label} that ŷ is shown for`}
        value={String(codeOfValue(latent, value))}
        options={codes.map(String)}
        titles={Object.fromEntries(codes.map((code) => [String(code), nameOfCode(latent, code)]))}
        onChange={(code) =>
          chooseValue({ key: latent.key, value: valueOfCode(latent, Number(code)) })
        }
      />
    </div>
  );
}

function numberNames({ label, size }: ChosenLatent): [string, string?] {
  return size === 1 ? [label] : [`${label}₁`, `${label}₂`];
}

function rangeOf({ domain }: ChosenLatent): readonly [number, number] {
  if (domain.kind === 'circle') return [0, CIRCLE];
  const extent = domain.kind === 'space' ? domain.extent : 1;
  return [-extent, extent];
}
