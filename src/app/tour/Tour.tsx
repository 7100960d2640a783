import { Popover } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../panels/ui/Button';
import { useApp, usePage } from '../useApp';
import styles from './Tour.module.css';
import { TOUR_STEPS, type TourStep } from './tourSteps';

/** The tour, while there is one: a card beside the thing that it is about. Everything on the page works meanwhile. */
export function Tour() {
  const step = usePage((state) => state.tour);
  return step === null ? null : <OpenTour step={step} />;
}

function OpenTour({ step }: { step: number }) {
  const { tour } = useApp();
  const [steps] = useState(() => TOUR_STEPS.filter(({ target }) => find(target) !== null));
  const [before] = useState(() => document.activeElement);
  const shown = steps[step];
  /** The keyboard goes back to where it was. */
  const end = (): void => {
    tour.end();
    const canvas = document.querySelector<HTMLElement>('.react-flow__node-graph');
    const isThere = before instanceof HTMLElement && before !== document.body && before.isConnected;
    (isThere ? before : canvas)?.focus({ preventScroll: true });
  };
  if (shown === undefined) return null;
  return (
    <Card
      key={shown.id}
      step={shown}
      place={step}
      count={steps.length}
      onEnd={end}
      onGo={(next) => (next === steps.length ? end() : tour.go(next))}
    />
  );
}

interface CardProps {
  readonly step: TourStep;
  /** From 0. */
  readonly place: number;
  readonly count: number;
  readonly onGo: (place: number) => void;
  readonly onEnd: () => void;
}

function Card({ step, place, count, onGo, onEnd }: CardProps) {
  const { id, title, text, target, side } = step;
  const box = useBox(target);
  const card = useRef<HTMLDivElement>(null);
  const anchor = useRef({
    getBoundingClientRect: () => find(target)?.getBoundingClientRect() ?? new DOMRect(),
  });
  const isLast = place === count - 1;
  return (
    <Popover.Root open>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          ref={card}
          // Not a dialog: what is behind it stays within reach.
          role="region"
          aria-labelledby={`tour-${id}`}
          aria-describedby={`tour-${id}-text`}
          className={styles.card}
          data-testid="tour"
          side={side}
          sideOffset={14}
          collisionPadding={12}
          updatePositionStrategy="always"
          tabIndex={-1}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            card.current?.focus({ preventScroll: true });
          }}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onInteractOutside={(event) => event.preventDefault()}
          onEscapeKeyDown={onEnd}
        >
          <p className={styles.place}>
            Tour · {place + 1} of {count}
          </p>
          <h2 id={`tour-${id}`} className={styles.title}>
            {title}
          </h2>
          <p id={`tour-${id}-text`} className={styles.text}>
            {text}
          </p>
          <div className={styles.actions}>
            <Button kind="quiet" onClick={onEnd}>
              {isLast ? 'Close' : 'Skip'}
            </Button>
            <span className={styles.space} />
            {place > 0 && <Button onClick={() => onGo(place - 1)}>Back</Button>}
            <Button kind="primary" onClick={() => onGo(place + 1)}>
              {isLast ? 'Done' : 'Next'}
            </Button>
          </div>
          <Popover.Arrow className={styles.arrow} width={14} height={7} />
        </Popover.Content>
      </Popover.Portal>
      {box !== null && (
        <span
          className={styles.ring}
          style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
          aria-hidden
        />
      )}
    </Popover.Root>
  );
}

/** Where the thing is on the screen, also after it was moved or resized. */
function useBox(target: string): DOMRect | null {
  const [box, setBox] = useState<DOMRect | null>(null);
  useEffect(() => {
    let frame = 0;
    const follow = (): void => {
      const now = find(target)?.getBoundingClientRect() ?? null;
      setBox((before) => (sameBox(before, now) ? before : now));
      frame = requestAnimationFrame(follow);
    };
    follow();
    return () => cancelAnimationFrame(frame);
  }, [target]);
  return box;
}

function sameBox(a: DOMRect | null, b: DOMRect | null): boolean {
  if (a === null || b === null) return a === b;
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

function find(target: string): Element | null {
  return document.querySelector(target);
}
