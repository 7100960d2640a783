import type { Analysis } from '../../compiler/analysis/analysis';
import type { BasinDocument } from '../../document/schema';

/** Whoever undoes comes back to one of these. More would keep what large graphs need most memory for. */
const KEPT = 4;

export interface RecentAnalyses {
  of(document: BasinDocument): Analysis;
  /** What the analysis is told besides the document has changed. */
  forget(): void;
}

/** Analyses, and keeps those of the last few documents: undo and redo bring back the same document. */
export function recentAnalyses(analyse: (document: BasinDocument) => Analysis): RecentAnalyses {
  let recent: readonly { readonly document: BasinDocument; readonly analysis: Analysis }[] = [];
  return {
    of(document) {
      const known = recent.find((one) => one.document === document);
      const one = known ?? { document, analysis: analyse(document) };
      recent = [one, ...recent.filter((other) => other !== one)].slice(0, KEPT);
      return one.analysis;
    },
    forget() {
      recent = [];
    },
  };
}
