import { experimentsSchema, type Experiment } from '../document/experiments/experiment';
import { readDocument } from '../document/read';
import type { BasinDocument } from '../document/schema';
import { parseTemplateAbout } from '../document/templateAbout';
import type { TemplateAbout } from '../document/templateAbout';
import { ComingPart } from '../core/watch/comingPart';
import type { TemplateFiles } from './templateFiles';

export interface Template {
  readonly slug: string;
  readonly about: TemplateAbout;
  readonly document: BasinDocument;
  /** What to try and what to break. */
  readonly experiments: readonly Experiment[];
}

/** Ideas in the order in which they build on each other; others follow by name. */
const IDEAS = ['Energies', 'Latent variables', 'Contrast', 'Joint embedding', 'Hierarchy'];

/** In one request, and only when one of them is wanted. */
const templateFiles = new ComingPart(
  'The templates',
  async () => (await import('./templateFiles')).TEMPLATE_FILES,
);

/** All templates that ship with Basin, in the order of the gallery. One that cannot be read is left out. */
export const allTemplates = new ComingPart<readonly Template[]>('The gallery', async () => {
  const files = await templateFiles.ask();
  return [...files.keys()]
    .map((slug) => read(slug, files))
    .filter((template) => template !== null)
    .sort(inOrder);
});

export function loadTemplates(): Promise<readonly Template[]> {
  return allTemplates.ask();
}

/** One template by its folder's name; null when there is none. */
export async function loadTemplate(slug: string): Promise<Template | null> {
  return read(slug, await templateFiles.ask());
}

function read(slug: string, files: ReadonlyMap<string, TemplateFiles>): Template | null {
  const { graph, about = '', experiments } = files.get(slug) ?? {};
  const document = readDocument(graph, `The template “${slug}”`);
  if (!document.ok) return null;
  const listed = experimentsSchema.safeParse(experiments);
  return {
    slug,
    about: parseTemplateAbout(about),
    // With its origin, by which the guide is found again.
    document: { ...document.value, template: slug },
    experiments: listed.success ? listed.data : [],
  };
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
