import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeDefinitions } from '../../nodes/index';
import { listTemplates } from '../../src/cli/templates';
import type { NodeDefinition } from '../../src/graph/nodeDefinition';
import { liveParameters } from '../../src/graph/parameterMeta';
import { TRAINING_PARAMETERS } from '../../src/graph/trainingParameters';
import type { InputPort } from '../../src/graph/ports';
import { markdownTable, replaceSection } from '../lib/marked-section.mjs';
import { ROOT } from '../lib/project.mjs';

export const path = 'docs/catalogue.md';

/** The page with its tables of node kinds and templates as the folders have them. */
export async function generate(): Promise<string> {
  const page = await readFile(join(ROOT, path), 'utf8');
  const withKinds = replaceSection(page, 'node kinds', kindsTable());
  return replaceSection(withKinds, 'templates', await templatesTable());
}

function kindsTable(): string {
  return markdownTable(
    ['kind', 'in → out', 'parameters', 'what it is for'],
    nodeDefinitions.map((definition) => [
      `\`${definition.kind}\``,
      portsText(definition),
      parametersText(definition),
      definition.help,
    ]),
  );
}

/** Ports at default parameters. */
function portsText(definition: NodeDefinition): string {
  const { inputs, outputs } = definition.ports(definition.params.parse({}));
  const list = (texts: readonly string[]): string => texts.join(', ') || '–';
  return `${list(inputs.map(inputText))} → ${list(outputs.map(({ name, type }) => `${name}: ${type}`))}`;
}

function inputText({ name, type, optional, variadic }: InputPort): string {
  return `${name}${optional ? '?' : ''}: ${type}${variadic ? '\\*' : ''}`;
}

/** What all kinds with weights have is said once, above the table. */
function parametersText(definition: NodeDefinition): string {
  const live = new Set(liveParameters(definition));
  const names = Object.keys(definition.params.shape).filter(
    (name) => definition.weights === undefined || !(name in TRAINING_PARAMETERS),
  );
  return names.map((name) => (live.has(name) ? `_${name}_` : name)).join(', ') || '–';
}

async function templatesTable(): Promise<string> {
  const templates = await listTemplates();
  return markdownTable(
    ['slug', 'title', 'the notes', 'idea', 'in a sentence'],
    templates.map(({ slug, about: { title, section, idea, summary } }) => [
      `[\`${slug}\`](../templates/${slug}/about.md)`,
      title,
      section,
      idea,
      summary,
    ]),
  );
}
