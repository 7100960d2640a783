import { ArrowRight } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Experiment } from '../../document/experiments/experiment';
import { Button } from '../ui/Button';
import { ExperimentItem } from './ExperimentItem';
import styles from './Guide.module.css';
import { GuideText } from './GuideText';
import type { Guide } from './guideStore';
import { useGuide, useGuideActions } from './useGuide';

const KINDS = [
  { kind: 'try', title: 'Try' },
  { kind: 'break', title: 'Break it' },
] as const;

/** What the template has to say beside its graph: what it shows, what to try and to break, its source, and what follows. */
export function GuidePanel() {
  const { openNext } = useGuideActions();
  const guide = useGuide((state) => state.guide);
  const goesOn = useRef(false);
  const box = useRef<HTMLElement>(null);
  // The button that led here is gone.
  useEffect(() => {
    if (goesOn.current) box.current?.focus();
    goesOn.current = false;
  }, [guide?.slug]);
  if (guide === null) return null;
  return (
    // Scrolled by keyboard too.
    <section
      key={guide.slug}
      ref={box}
      className={styles.guide}
      aria-label="Guide"
      tabIndex={0}
      data-testid="guide"
    >
      <Content
        guide={guide}
        onNext={() => {
          goesOn.current = true;
          openNext();
        }}
      />
    </section>
  );
}

function Content({ guide, onNext }: { guide: Guide; onNext: () => void }) {
  const { about, experiments, place, next } = guide;
  const active = useGuide(({ activeId }) => activeId);
  const shown = experiments.find(({ id }) => id === active) ?? null;
  const [shows, source] = partsOf(about.body);
  return (
    <>
      <p className={styles.place}>
        Notes {about.section} · {about.idea}
        {place !== null && ` · path ${place.step} of ${place.of}`}
      </p>
      {about.rebuilds !== '' && <p className={styles.rebuilds}>You rebuild {about.rebuilds}</p>}
      <div className={styles.text}>
        <GuideText>{shows}</GuideText>
      </div>
      {KINDS.map(({ kind, title }) => (
        <Experiments
          key={kind}
          title={title}
          guide={guide}
          experiments={experiments.filter((one) => one.kind === kind)}
          active={shown}
        />
      ))}
      {source !== '' && (
        <>
          <h3 className={styles.heading}>Source</h3>
          <div className={styles.source}>
            <GuideText>{source}</GuideText>
          </div>
        </>
      )}
      {next !== null && (
        <Button className={styles.next} onClick={onNext}>
          Next: {next.title}
          <ArrowRight size={14} aria-hidden />
        </Button>
      )}
    </>
  );
}

function Experiments({
  title,
  guide,
  experiments,
  active,
}: {
  readonly title: string;
  readonly guide: Guide;
  readonly experiments: readonly Experiment[];
  readonly active: Experiment | null;
}) {
  if (experiments.length === 0) return null;
  return (
    <>
      <h3 className={styles.heading}>{title}</h3>
      <ul className={styles.items} aria-label={title}>
        {experiments.map((experiment) => (
          <ExperimentItem
            key={experiment.id}
            guide={guide}
            experiment={experiment}
            active={active}
          />
        ))}
      </ul>
    </>
  );
}

/** What it shows, and its source: the two sections of an `about.md`, without their headings. */
function partsOf(body: string): readonly [shows: string, source: string] {
  const [shows = '', source = ''] = body.split(/^## Source$/m);
  return [shows.replace(/^## What it shows$/m, '').trim(), source.trim()];
}
