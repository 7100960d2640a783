import type { BasinDocument } from './schema';

/** Hands out ids that are not taken, and remembers them. */
export type IdSource = (base: string) => string;

const LONGEST_BASE = 56;

/**
 * Readable ids made from `base`: `encoder`, `encoder2`, `encoder3`… For a kind such as `module.mlp` the last part
 * counts. Where the base ends in a digit the number is set off: `l1`, `l1-2`.
 */
export function createIdSource(taken: Iterable<string>): IdSource {
  const used = new Set(taken);
  const lastNumber = new Map<string, number>();
  return (base) => {
    const stem = idStem(base);
    const separator = /[0-9]$/.test(stem) ? '-' : '';
    let number = lastNumber.get(stem) ?? 0;
    let id: string;
    do {
      number++;
      id = number === 1 ? stem : `${stem}${separator}${number}`;
    } while (used.has(id));
    lastNumber.set(stem, number);
    used.add(id);
    return id;
  };
}

/** An id that no node, group or edge of the document has. */
export function freshId(document: BasinDocument, base: string): string {
  return createIdSource(documentIds(document))(base);
}

/** Ids of all nodes, groups and edges: one namespace, so that a selection can be a list of ids. */
export function documentIds(document: BasinDocument): string[] {
  return [...document.nodes, ...document.groups, ...document.edges].map(({ id }) => id);
}

function idStem(base: string): string {
  const lastPart = base.slice(base.lastIndexOf('.') + 1);
  const cleaned = lastPart.replace(/[^A-Za-z0-9_-]/g, '').replace(/^[^A-Za-z]+/, '');
  return cleaned.slice(0, LONGEST_BASE) || 'item';
}
