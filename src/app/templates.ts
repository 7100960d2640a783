import { experimentsSchema, type Experiment } from '../document/experiments/experiment';
import { readDocument } from '../document/read';
import type { BasinDocument } from '../document/schema';
import { parseTemplateAbout } from '../document/templateAbout';
import type { TemplateAbout } from '../document/templateAbout';

export interface Template {
  readonly slug: string;
  readonly about: TemplateAbout;
  readonly document: BasinDocument;
  /** What to try and what to break. */
  readonly experiments: readonly Experiment[];
}

const GRAPHS = import.meta.glob<unknown>('../../templates/*/graph.json', { import: 'default' });
const EXPERIMENTS = import.meta.glob<unknown>('../../templates/*/experiments.json', {
  import: 'default',
});
const ABOUTS = import.meta.glob<string>('../../templates/*/about.md', {
  import: 'default',
  query: '?raw',
});

/** Ideas in the order in which they build on each other; others follow by name. */
const IDEAS = ['Energies', 'Latent variables', 'Contrast', 'Joint embedding', 'Hierarchy'];

/** Loads all templates that ship with Basin, in the order of the gallery. One that cannot be read is left out. */
export function loadTemplates(): Promise<readonly Template[]> {
  all ??= loadAll();
  return all;
}

let all: Promise<readonly Template[]> | null = null;

async function loadAll(): Promise<readonly Template[]> {
  const loaded = await Promise.all(Object.keys(GRAPHS).map(slugOf).map(loadTemplate));
  return loaded.filter((template) => template !== null).sort(inOrder);
}

/** One template by its folder's name; null when there is none. */
export async function loadTemplate(slug: string): Promise<Template | null> {
  const [graph, about, listed] = await Promise.all([
    GRAPHS[`../../templates/${slug}/graph.json`]?.(),
    ABOUTS[`../../templates/${slug}/about.md`]?.(),
    EXPERIMENTS[`../../templates/${slug}/experiments.json`]?.(),
  ]);
  const document = readDocument(graph, `The template “${slug}”`);
  if (!document.ok) return null;
  const experiments = experimentsSchema.safeParse(listed);
  return {
    slug,
    about: parseTemplateAbout(about ?? ''),
    // With its origin, by which the guide is found again.
    document: { ...document.value, template: slug },
    experiments: experiments.success ? experiments.data : [],
  };
}

function slugOf(path: string): string {
  return path.split('/').at(-2) ?? '';
}

function inOrder(a: Template, b: Template): number {
  const place = ({ about }: Template): number => {
    const index = IDEAS.indexOf(about.idea);
    return index < 0 ? IDEAS.length : index;
  };
  return (
    place(a) - place(b) ||
    a.about.idea.localeCompare(b.about.idea) ||
    a.document.nodes.length - b.document.nodes.length
  );
}
