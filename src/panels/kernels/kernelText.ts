import type { ListedKernel } from '../../codegen/report/kernelListing';

/** Ops that only say where numbers lie; others say what a kernel computes. */
const VIEWS = new Set(['broadcast', 'reshape', 'transpose', 'slice', 'cast']);
const NAMED = 3;

/** What a kernel does, in the names of its main ops: `dot · add · max +4`. */
export function kernelTitle({ opNames, kind }: ListedKernel): string {
  const distinct = [...new Set(opNames)];
  const computing = distinct.filter((name) => !VIEWS.has(name));
  const names = computing.length > 0 ? computing : distinct;
  // A kernel of products may begin with what it loads: the products are what it is.
  const heavy = names.filter((name) => /^(dot|conv|reduce|arg|gather|scatter)/.test(name));
  const ordered = [...new Set([...heavy, ...names])];
  const rest = ordered.length - NAMED;
  const title = ordered.slice(0, NAMED).join(' · ');
  if (title === '') return kind;
  return rest > 0 ? `${title} +${rest}` : title;
}

/** Workgroups of a dispatch: `32`, or `320 × 2`. */
export function formatGrid([x, y]: readonly [number, number]): string {
  return y === 1 ? String(x) : `${x} × ${y}`;
}

/** How often each op occurs, in the order of their first appearance: `dot ×2`. */
export function opCounts(opNames: readonly string[]): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const name of opNames) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count }));
}
