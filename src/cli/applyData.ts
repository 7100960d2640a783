import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { success, type Result } from '../core/result';
import type { BasinDocument, DocumentNode } from '../document/schema';
import type { Registry } from '../graph/registry';
import { encodeTable, hashBytes } from '../tables/canonicalTable';
import { usualChoice } from '../tables/columnChoice';
import type { DataFile } from '../tables/dataFile';
import { choiceOf, describeTable, ownTableSchema, type OwnTable } from '../tables/ownTable';
import { detectReading, readTable } from '../tables/readTable';
import { keepOwnData } from './assets';
import { EXIT } from './exitCodes';
import { CommandError } from './failure';
import type { Terminal } from './output';
import { unwrap } from './unwrap';

/**
 * Applies `--data NODE=FILE` (NODE is the id of a node for own data): the file is read as the document says where it
 * names one, and its data is there for this process. Data that is not what the document names is told and taken.
 */
export async function applyData(
  document: BasinDocument,
  settings: readonly string[],
  registry: Registry,
  terminal: Terminal,
): Promise<BasinDocument> {
  let changed = document;
  for (const setting of settings) {
    const [, nodeId = '', path = ''] = /^([^=]+)=(.+)$/s.exec(setting) ?? [];
    if (path === '') throw usage(`“${setting}” is not of the form NODE=FILE.`);
    const node = ownNode(changed, nodeId, registry);
    const read = await readOwnTable(await openFile(path), ownTableOf(node));
    const own = unwrap(terminal, read, EXIT.graph);
    changed = withOwn(changed, nodeId, own);
  }
  return changed;
}

/** Reads a file for a node, and keeps its data. `named`: what the document names. */
async function readOwnTable(file: DataFile, named: OwnTable | null): Promise<Result<OwnTable>> {
  const reading = named ? success(named.reading) : await detectReading(file);
  if (!reading.ok) return reading;
  const table = await readTable(file, reading.value);
  if (!table.ok) return table;
  const bytes = encodeTable(table.value);
  const hash = await hashBytes(bytes);
  keepOwnData(hash, bytes.buffer);
  const origin = { hash, name: file.name, reading: reading.value };
  const choice = named ? choiceOf(named) : usualChoice(table.value);
  const own = describeTable(table.value, origin, choice);
  if (!own.ok || named === null || named.hash === hash) return own;
  return success(own.value, [
    {
      code: 'data.other-file',
      severity: 'warning',
      message: `“${file.name}” is not the data that the document names: “${named.name}”, ${named.hash.slice(0, 12)}…, not ${hash.slice(0, 12)}…. It is used in its place.`,
    },
  ]);
}

function ownNode(document: BasinDocument, nodeId: string, registry: Registry): DocumentNode {
  const node = document.nodes.find(({ id }) => id === nodeId);
  const takers = document.nodes.filter(({ kind }) => registry.get(kind)?.ownData !== undefined);
  if (node && takers.includes(node)) return node;
  const names = takers.map(({ id }) => id).join(', ');
  throw usage(
    `“${nodeId}” is no node that takes a file. ${takers.length > 0 ? `Nodes that do: ${names}.` : 'The graph has none.'}`,
  );
}

/** What the document names; null where it names nothing that can be read. */
function ownTableOf({ params }: DocumentNode): OwnTable | null {
  const parsed = ownTableSchema.safeParse(params['own']);
  return parsed.success ? parsed.data : null;
}

function withOwn(document: BasinDocument, nodeId: string, own: OwnTable): BasinDocument {
  return {
    ...document,
    nodes: document.nodes.map((node) =>
      node.id === nodeId ? { ...node, params: { ...node.params, own } } : node,
    ),
  };
}

async function openFile(path: string): Promise<DataFile> {
  try {
    const bytes = new Uint8Array(await readFile(path));
    return Object.assign(new Blob([bytes]), { name: basename(path) });
  } catch {
    throw usage(`The data file “${path}” cannot be read.`);
  }
}

function usage(message: string): CommandError {
  return new CommandError(message, EXIT.usage);
}
