import { useRef } from 'react';
import { formatNumber, formatWhole } from '../../core/formatNumber';
import { SelectField } from '../../editor/fields/SelectField';
import type { LatentFrame } from '../../probing/latent/latentFrame';
import { PictureGrid } from '../charts/PictureGrid';
import { SaveFigure } from '../charts/SaveFigure';
import { DockTools } from '../DockTools';
import { nameOfCode } from '../../graph/latentCodes';
import toolStyles from '../landscape/LandscapeTools.module.css';
import styles from './Latent.module.css';
import { LatentControls, nameOfNumber } from './LatentControls';
import { LatentPlane } from './LatentPlane';
import type { LatentChoice } from './latentStore';
import { MadeValues } from './MadeValues';
import { useLatent, useLatentActions } from './useLatent';

const LARGE = 88;
const SMALL = 32;
const LIMITS = [0, 1] as const;

/** A code that can be changed, and what the graph makes of it. */
export function Latent({ choice, frame }: { choice: LatentChoice; frame: LatentFrame }) {
  const { choices, stale, samples: table } = useLatent((state) => state);
  const { choose } = useLatentActions();
  const shown = useRef<HTMLDivElement>(null);
  const { traversals, gallery, points, nearest, step } = frame;
  const parts = { choice, frame, table };
  return (
    <div
      className={styles.panel}
      data-stale={stale}
      data-testid="latent"
      data-step={step ?? 'initial'}
    >
      <DockTools>
        <div className={toolStyles.tools}>
          <span className={toolStyles.when} data-stale={stale}>
            {step === null ? 'Initial weights' : `Step ${formatWhole(step)}`}
            {stale && ' · of the graph that ran'}
          </span>
          {choices !== null && choices.length > 1 && (
            <div className={toolStyles.select}>
              <SelectField
                id="latent-view"
                label="Code"
                value={choice.id}
                options={choices.map(({ id }) => id)}
                titles={Object.fromEntries(choices.map(({ id, label }) => [id, label]))}
                onChange={choose}
              />
            </div>
          )}
          <SaveFigure label="Save what is made of the code" parts={() => [shown.current]} />
        </div>
      </DockTools>
      <LatentControls choice={choice} frame={frame} />
      <div
        ref={shown}
        className={styles.made}
        tabIndex={0}
        role="group"
        aria-label="Made of the code"
      >
        {points !== null && (
          <>
            <LatentPlane
              frame={frame}
              label={`What is made of ${choice.label}, over ${choice.target}`}
            />
            <div className={styles.beside}>
              <p className={styles.note}>
                The large ring is made of {choice.label}, the small one is the sample.
                {traversals.length > 0 && ` ${aboutLines(choice)}`}
              </p>
              {gallery?.kind === 'codes' && (
                <Gallery choice={choice} frame={frame} gallery={gallery} />
              )}
            </div>
          </>
        )}
        {points === null && (
          <div className={styles.pair}>
            {choice.picture && (
              <figure className={styles.figure}>
                <PictureGrid
                  shape={choice.picture}
                  values={frame.target}
                  limits={LIMITS}
                  side={LARGE}
                  across={1}
                  label={`${choice.target} of the sample`}
                />
                <figcaption>{choice.target}</figcaption>
              </figure>
            )}
            <figure className={styles.figure}>
              <MadeValues
                {...{ ...parts, first: 0, count: 1, side: LARGE }}
                label={`Made of ${choice.label}`}
              />
              <figcaption>{nearest ? 'Nearest sample' : `Made of ${choice.label}`}</figcaption>
            </figure>
          </div>
        )}
        {points === null && traversals.length > 0 && (
          <div className={styles.strips} role="group" aria-label="From −3σ to 3σ">
            {traversals.map(({ component, values, first }) => (
              <Strip key={component} name={nameOfNumber(choice, frame, component)} values={values}>
                <MadeValues
                  {...{ ...parts, first, count: values.length, side: SMALL }}
                  label={`Made of ${nameOfNumber(choice, frame, component)} from low to high`}
                />
              </Strip>
            ))}
          </div>
        )}
        {gallery !== null && points === null && (
          <Gallery choice={choice} frame={frame} gallery={gallery} />
        )}
      </div>
    </div>
  );
}

/** What the lines over a plane are. */
function aboutLines({ domain, label }: LatentChoice): string {
  return domain.kind === 'circle'
    ? `The line is ${label} once round.`
    : `A line is a number of ${label} from −3σ to 3σ of what held-out samples have.`;
}

interface StripProps {
  readonly name: string;
  readonly values: readonly number[];
  readonly children: React.ReactNode;
}

/** One number of a code from low to high. */
function Strip({ name, values, children }: StripProps) {
  return (
    <>
      <b>{name}</b>
      <span className={styles.end}>{formatNumber(values[0] ?? NaN)}</span>
      {children}
      <span className={styles.end}>{formatNumber(values.at(-1) ?? NaN)}</span>
    </>
  );
}

interface GalleryProps {
  readonly choice: LatentChoice;
  readonly frame: LatentFrame;
  readonly gallery: NonNullable<LatentFrame['gallery']>;
}

/** All codes of a list with how often they are taken, or atoms with the mean size of their numbers. */
function Gallery({ choice, frame, gallery: { kind, first, count, use } }: GalleryProps) {
  const table = useLatent((state) => state.samples);
  const latent = { label: choice.label, domain: choice.domain, size: frame.code.length };
  const signed = kind === 'atoms';
  return (
    <div className={styles.gallery} role="group" aria-label={signed ? 'Atoms' : 'Codes'}>
      <p className={styles.note}>
        {signed
          ? 'Atoms: what each number of the code adds alone, with its mean size over held-out samples.'
          : 'Codes, with the part of held-out samples that take them.'}
      </p>
      <div className={styles.codes}>
        {Array.from({ length: count }, (_, index) => {
          const name = signed ? nameOfNumber(choice, frame, index) : nameOfCode(latent, index);
          return (
            <figure key={index} className={styles.figure}>
              <MadeValues
                {...{
                  choice,
                  frame,
                  table,
                  signed,
                  first: first + index,
                  count: 1,
                  side: SMALL + 8,
                }}
                label={name}
              />
              <figcaption>
                {signed
                  ? formatNumber(use[index] ?? 0)
                  : `${name} · ${Math.round(100 * (use[index] ?? 0))} %`}
              </figcaption>
            </figure>
          );
        })}
      </div>
    </div>
  );
}
