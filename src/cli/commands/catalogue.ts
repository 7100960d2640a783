import { z } from 'zod';
import { nodeDefinitions } from '../../../nodes/index';
import { documentJsonSchema } from '../../document/jsonSchema';
import { canonicalJson } from '../../document/canonical';
import { readDocument } from '../../document/read';
import { jsonText } from '../json';
import { formatTable, type Terminal } from '../output';
import { listTemplates, readTemplateText } from '../templates';

interface OutputOptions {
  readonly json?: boolean;
}

/** `basin templates` */
export async function templatesCommand(
  terminal: Terminal,
  { json = false }: OutputOptions,
): Promise<void> {
  const templates = await listTemplates();
  const rows = await Promise.all(
    templates.map(async ({ slug, about }) => {
      const document = readDocument(await readTemplateText(slug), slug);
      const nodes = document.ok ? document.value.nodes.length : 0;
      return { slug, title: about.title, section: about.section, nodes };
    }),
  );
  if (json) terminal.out(jsonText(rows));
  else {
    terminal.out(
      formatTable(
        rows.map(({ slug, title, section, nodes }) => [slug, title, section, `${nodes} nodes`]),
      ),
    );
  }
}

/** `basin nodes`: every kind with its ports at default parameters, and its parameters as JSON Schema. */
export function nodesCommand(terminal: Terminal, { json = false }: OutputOptions): void {
  const rows = nodeDefinitions.map((definition) => {
    const ports = definition.ports(definition.params.parse({}));
    return {
      kind: definition.kind,
      category: definition.category,
      title: definition.title,
      help: definition.help,
      inputs: ports.inputs.map(({ name, type, optional, variadic }) => ({
        name,
        type,
        ...(optional ? { optional } : {}),
        ...(variadic ? { variadic } : {}),
      })),
      outputs: ports.outputs.map(({ name, type }) => ({ name, type })),
      params: z.toJSONSchema(definition.params, { io: 'input' }),
    };
  });
  if (json) terminal.out(jsonText(rows));
  else {
    const list = (ports: readonly { name: string; type: string }[]): string =>
      ports.map(({ name, type }) => `${name}: ${type}`).join(', ') || '–';
    terminal.out(
      formatTable(
        rows.map(({ kind, inputs, outputs }) => [kind, `${list(inputs)} → ${list(outputs)}`]),
      ),
    );
  }
}

/** `basin schema`: the JSON Schema of documents. */
export function schemaCommand(terminal: Terminal): void {
  terminal.out(canonicalJson(documentJsonSchema()).trimEnd());
}
