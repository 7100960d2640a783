import { useState } from 'react';
import type { NodeDefinition } from '../../graph/nodeDefinition';
import { Tex } from '../ui/Tex';
import styles from './Inspector.module.css';
import { figuresIn, notesPlaces } from './notesPlaces';
import { Section } from './Section';
import { useUses, type Use } from './uses';

/** So many are a line or two; the others are asked for. */
const FEW = 4;

/** What a kind of node is: in words, as a formula, where it comes from, and where it can be seen at work. */
export function NodeHelp({ definition }: { definition: NodeDefinition }) {
  const { help, formula, source, kind } = definition;
  const uses = useUses(kind) ?? [];
  const places = notesPlaces(source);
  const figures = figuresIn(uses.map(({ place }) => place));
  return (
    <Section title="About">
      <p className={styles.help}>{help}</p>
      {formula !== undefined && (
        <div className={styles.formula}>
          <Tex tex={formula} display />
        </div>
      )}
      <dl className={styles.facts}>
        <dt>Source</dt>
        <dd>{source}</dd>
        {places !== '' && (
          <>
            <dt>In the notes</dt>
            <dd>{places}</dd>
          </>
        )}
        {figures.length > 0 && (
          <>
            <dt>Figures</dt>
            <dd>{figures.join(', ')} of the notes, rebuilt in templates</dd>
          </>
        )}
        {uses.length > 0 && <Uses key={kind} uses={uses} />}
      </dl>
    </Section>
  );
}

function Uses({ uses }: { uses: readonly Use[] }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? uses : uses.slice(0, FEW);
  return (
    <>
      <dt>Used in</dt>
      <dd>
        <ul className={styles.uses} aria-label="Templates that use it">
          {shown.map(({ id, title, place, open }) => (
            <li key={id}>
              <button type="button" className={styles.neighbour} onClick={open}>
                {title}
              </button>{' '}
              {place}
            </li>
          ))}
        </ul>
        {shown.length < uses.length && (
          <button type="button" className={styles.neighbour} onClick={() => setWhole(true)}>
            all {uses.length}
          </button>
        )}
      </dd>
    </>
  );
}
