import type { ObjectiveTerm } from '../../compiler/analysis/analysis';
import { texLabel } from '../../compiler/analysis/objective';

/**
 * The objective's TeX with each term's label wrapped so that a click can be traced back to its node. Labels need not be
 * unique: equal ones belong to their terms in order.
 */
export function markTerms(tex: string, terms: readonly ObjectiveTerm[]): string {
  let marked = '';
  let rest = tex;
  const open = [...terms];
  while (open.length > 0) {
    const next = open
      .map((term) => ({
        term,
        label: texLabel(term.label),
        at: rest.indexOf(texLabel(term.label)),
      }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at)[0];
    if (next === undefined) break;
    marked += `${rest.slice(0, next.at)}\\htmlData{node=${next.term.nodeId}}{${next.label}}`;
    rest = rest.slice(next.at + next.label.length);
    open.splice(open.indexOf(next.term), 1);
  }
  return marked + rest;
}
