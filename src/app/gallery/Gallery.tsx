import { ToggleGroup } from 'radix-ui';
import { useState } from 'react';
import { useComing } from '../../editor/ui/laterPart';
import { Button } from '../../panels/ui/Button';
import { Dialog } from '../../panels/ui/Dialog';
import { plural } from '../../core/formatNumber';
import { READING_PATH } from '../guide/readingPath';
import { PanelToCome } from '../later/PanelToCome';
import { allTemplates } from '../templates';
import type { Template } from '../templates';
import { useApp } from '../useApp';
import { GraphThumbnail } from './GraphThumbnail';
import styles from './Gallery.module.css';

/** The templates that ship with Basin. */
export function Gallery({ firstVisit }: { firstVisit: boolean }) {
  const app = useApp();
  const coming = useComing(allTemplates);
  const close = (): void => app.page.setState({ dialog: null });
  return (
    <Dialog
      title={firstVisit ? 'Welcome to Basin' : 'Templates'}
      description={
        firstVisit
          ? 'Wire energy-based architectures, train them on your own GPU in this page, and see whether the energy learned or collapsed. Start from an idea:'
          : 'Each opens as a document of its own; what you have open is kept.'
      }
      width={880}
      onClose={close}
      actions={
        <>
          <Button
            onClick={() => {
              close();
              void app.newDocument();
            }}
          >
            Start from an empty canvas
          </Button>
          {firstVisit && (
            <Button kind="primary" onClick={close}>
              Look around
            </Button>
          )}
        </>
      }
    >
      {coming.state === 'here' ? (
        <Cards
          templates={coming.value}
          onOpen={(template) => {
            close();
            void app.openTemplate(template);
          }}
        />
      ) : coming.state === 'missing' ? (
        <PanelToCome part={{ what: allTemplates.what, coming }} />
      ) : (
        <Loading />
      )}
    </Dialog>
  );
}

interface CardsProps {
  readonly templates: readonly Template[];
  readonly onOpen: (template: Template) => void;
}

interface CardProps extends Pick<CardsProps, 'onOpen'> {
  readonly template: Template;
  /** Says what of the notes it rebuilds, in the place of what it is. */
  readonly isOnPath?: boolean;
}

/** Templates by idea, or those on the reading path in its order. */
function Cards({ templates: loaded, onOpen }: CardsProps) {
  const [shown, setShown] = useState<'all' | 'path'>('all');
  const onPath = READING_PATH.flatMap((slug) => loaded.filter((one) => one.slug === slug));
  return (
    <>
      <ToggleGroup.Root
        type="single"
        className={styles.choice}
        aria-label="Which templates"
        value={shown}
        // One of them is always chosen.
        onValueChange={(value) => value !== '' && setShown(value === 'path' ? 'path' : 'all')}
      >
        <ToggleGroup.Item value="all">All {loaded.length}</ToggleGroup.Item>
        <ToggleGroup.Item value="path">
          Reading path, {plural(onPath.length, 'step')}
        </ToggleGroup.Item>
      </ToggleGroup.Root>
      {shown === 'all' ? (
        <Ideas templates={loaded} onOpen={onOpen} />
      ) : (
        <section className={styles.cards} aria-label="Reading path">
          {onPath.map((template) => (
            <Card key={template.slug} template={template} onOpen={onOpen} isOnPath />
          ))}
        </section>
      )}
    </>
  );
}

function Ideas({ templates: loaded, onOpen }: CardsProps) {
  const ideas = [...new Set(loaded.map(({ about }) => about.idea))];
  return (
    <div className={styles.cards}>
      {ideas.map((idea) => (
        <section key={idea} className={styles.idea} aria-label={idea}>
          {loaded
            .filter(({ about }) => about.idea === idea)
            .map((template) => (
              <Card key={template.slug} template={template} onOpen={onOpen} />
            ))}
        </section>
      ))}
    </div>
  );
}

function Card({ template, onOpen, isOnPath = false }: CardProps) {
  const { editor } = useApp();
  const { about, document, slug } = template;
  const place = READING_PATH.indexOf(slug);
  return (
    <button
      type="button"
      className={styles.card}
      data-testid={`template-${slug}`}
      onClick={() => onOpen(template)}
    >
      <span className={styles.picture}>
        <GraphThumbnail document={document} registry={editor.registry} />
      </span>
      <span className={styles.caption}>
        <span className={styles.overline}>
          <span>{about.idea}</span>
          {place >= 0 && (
            <span data-tip="A short way through the gallery, in the order of the notes">
              {' '}
              · path {place + 1} of {READING_PATH.length}
            </span>
          )}
        </span>
        <span className={styles.name}>{about.title}</span>
        <span className={styles.summary}>
          {isOnPath ? `Rebuilds ${about.rebuilds}` : about.summary}
        </span>
        <span className={styles.facts}>
          Notes {about.section} · {plural(document.nodes.length, 'node')}
        </span>
      </span>
    </button>
  );
}

function Loading() {
  return (
    <div className={styles.cards} aria-label="Loading the templates" aria-busy>
      {[0, 1, 2].map((index) => (
        <div key={index} className={styles.ghost} />
      ))}
    </div>
  );
}
