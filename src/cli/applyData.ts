import { access, constants, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { z } from 'zod';
import { success, type Result } from '../core/result';
import { sha256 } from '../core/sha256';
import type { BasinDocument, DocumentNode } from '../document/schema';
import type { OwnDataForm } from '../graph/nodeDefinition';
import type { Registry } from '../graph/registry';
import { encodeTable } from '../tables/canonicalTable';
import { usualChoice } from '../tables/columnChoice';
import type { DataFile } from '../tables/dataFile';
import { choiceOf, describeTable, ownTableSchema, type OwnTable } from '../tables/ownTable';
import { ownImagesSchema, type OwnImages } from '../tables/images/ownImages';
import { detectReading, readTable } from '../tables/readTable';
import { keepOwnData } from './assets';
import { EXIT } from './exitCodes';
import { CommandError } from './failure';
import type { Terminal } from './output';
import { readOwnImages } from './readOwnImages';
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
    const { node, form } = ownNode(changed, nodeId, registry);
    const own = unwrap(terminal, await READERS[form](path, node), EXIT.graph);
    changed = withOwn(changed, nodeId, own);
  }
  return changed;
}

type Own = OwnTable | OwnImages;

/** How the file of a node is read, by what its data is read from. */
const READERS: {
  readonly [F in OwnDataForm]: (path: string, node: DocumentNode) => Promise<Result<Own>>;
} = {
  table: async (path, { params }) => {
    const named = parsed(ownTableSchema, params['own']);
    const own = await readOwnTable(await openFile(path), named);
    return told(own, named);
  },
  images: async (path, { params }) => {
    const named = parsed(ownImagesSchema, params['own']);
    await openable(path);
    return told(await readOwnImages(path, named), named);
  },
};

/** What the document names; null where it names nothing that can be read. */
function parsed<T>(schema: z.ZodType<T>, value: unknown): T | null {
  const result = schema.safeParse(value);
  return result.success ? result.data : null;
}

/** Reads a table, and keeps its data. `named`: what the document names. */
async function readOwnTable(file: DataFile, named: OwnTable | null): Promise<Result<OwnTable>> {
  const reading = named ? success(named.reading) : await detectReading(file);
  if (!reading.ok) return reading;
  const table = await readTable(file, reading.value);
  if (!table.ok) return table;
  const bytes = encodeTable(table.value);
  const hash = await sha256(bytes);
  keepOwnData(hash, bytes.buffer);
  const choice = named ? choiceOf(named) : usualChoice(table.value);
  return describeTable(table.value, { hash, name: file.name, reading: reading.value }, choice);
}

/** With a word on data that is not what the document names. */
function told<T extends Own>(own: Result<T>, named: Own | null): Result<T> {
  if (!own.ok || named === null || named.hash === own.value.hash) return own;
  const { hash, name } = own.value;
  return success(own.value, [
    ...own.diagnostics,
    {
      code: 'data.other-file',
      severity: 'warning',
      message: `“${name}” is not the data that the document names: “${named.name}”, ${named.hash.slice(0, 12)}…, not ${hash.slice(0, 12)}…. It is used in its place.`,
    },
  ]);
}

function ownNode(
  document: BasinDocument,
  nodeId: string,
  registry: Registry,
): { readonly node: DocumentNode; readonly form: OwnDataForm } {
  const node = document.nodes.find(({ id }) => id === nodeId);
  const form = node && registry.get(node.kind)?.ownData;
  if (node && form !== undefined) return { node, form };
  const takers = document.nodes.filter(({ kind }) => registry.get(kind)?.ownData !== undefined);
  const names = takers.map(({ id }) => id).join(', ');
  throw usage(
    `“${nodeId}” is no node that takes a file. ${takers.length > 0 ? `Nodes that do: ${names}.` : 'The graph has none.'}`,
  );
}

function withOwn(document: BasinDocument, nodeId: string, own: Own): BasinDocument {
  return {
    ...document,
    nodes: document.nodes.map((node) =>
      node.id === nodeId ? { ...node, params: { ...node.params, own } } : node,
    ),
  };
}

async function openFile(path: string): Promise<DataFile> {
  await openable(path);
  const bytes = new Uint8Array(await readFile(path));
  return Object.assign(new Blob([bytes]), { name: basename(path) });
}

async function openable(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK);
  } catch {
    throw usage(`The data file “${path}” cannot be read.`);
  }
}

function usage(message: string): CommandError {
  return new CommandError(message, EXIT.usage);
}
