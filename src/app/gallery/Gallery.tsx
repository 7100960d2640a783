import { use, useState } from 'react';
import { Suspense } from 'react';
import { Button } from '../../panels/ui/Button';
import { Dialog } from '../../panels/ui/Dialog';
import { plural } from '../../core/formatNumber';
import { READING_PATH } from '../guide/readingPath';
import { loadTemplates } from '../templates';
import type { Template } from '../templates';
import { useApp } from '../useApp';
import { GraphThumbnail } from './GraphThumbnail';
import styles from './Gallery.module.css';

/** Templates by idea. */
export function Gallery({ firstVisit }: { firstVisit: boolean }) {
  const app = useApp();
  const [templates] = useState(loadTemplates);
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
      <Suspense fallback={<Loading />}>
        <Ideas
          templates={templates}
          onOpen={(template) => {
            close();
            void app.openTemplate(template);
          }}
        />
      </Suspense>
    </Dialog>
  );
}

interface IdeasProps {
  readonly templates: Promise<readonly Template[]>;
  readonly onOpen: (template: Template) => void;
}

function Ideas({ templates, onOpen }: IdeasProps) {
  const loaded = use(templates);
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

function Card({ template, onOpen }: { template: Template; onOpen: IdeasProps['onOpen'] }) {
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
          {about.idea}
          {place >= 0 && (
            <span data-tip="A short way through the gallery, in the order of the notes">
              {' '}
              · path {place + 1} of {READING_PATH.length}
            </span>
          )}
        </span>
        <span className={styles.name}>{about.title}</span>
        <span className={styles.summary}>{about.summary}</span>
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
