import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { experimentsSchema, type Experiment } from '../document/experiments/experiment';
import { parseTemplateAbout, type TemplateAbout } from '../document/templateAbout';

const FOLDER = fileURLToPath(new URL('../../templates/', import.meta.url));

export interface ShippedTemplate {
  readonly slug: string;
  readonly about: TemplateAbout;
}

/** Slugs of the templates that ship with Basin, in alphabetical order. */
export async function templateSlugs(): Promise<string[]> {
  const entries = await readdir(FOLDER, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

export async function listTemplates(): Promise<ShippedTemplate[]> {
  const slugs = await templateSlugs();
  return Promise.all(
    slugs.map(async (slug) => ({
      slug,
      about: parseTemplateAbout(await readFile(`${FOLDER}${slug}/about.md`, 'utf8')),
    })),
  );
}

export function readTemplateText(slug: string): Promise<string> {
  return readFile(`${FOLDER}${slug}/graph.json`, 'utf8');
}

/** What there is to try and to break in a template. */
export async function readExperiments(slug: string): Promise<readonly Experiment[]> {
  const text = await readFile(`${FOLDER}${slug}/experiments.json`, 'utf8');
  return experimentsSchema.parse(JSON.parse(text));
}
