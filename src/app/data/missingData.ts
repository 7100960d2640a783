import type { Analysis } from '../../compiler/analysis/analysis';
import type { Diagnostic } from '../../core/diagnostic';
import { ownHash } from '../../tables/ownAsset';

/**
 * What an analysis, which knows documents only, cannot find: nodes whose data is not in this browser. They, and nodes
 * that have no file yet, get the remedy of choosing one. `kept`: hashes of what is there; null until they are known.
 */
export function withMissingData(analysis: Analysis, kept: ReadonlySet<string> | null): Analysis {
  const { graph, diagnostics } = analysis;
  const missing = graph.nodes.flatMap((node): Diagnostic[] => {
    const own = node.definition.dataset?.(node.params).own;
    const hash = own ? ownHash(own.asset) : null;
    if (!own || hash === null || kept === null || kept.has(hash)) return [];
    return [
      {
        code: 'data.missing',
        severity: 'error',
        nodeId: node.id,
        message: `The data of “${node.label}” is not in this browser: “${own.name}”.`,
        hint: 'Documents name data and do not hold it. Choose the file: it is checked to be the same.',
        remedy: { label: 'Choose the file…', steps: [{ kind: 'chooseFile', nodeId: node.id }] },
      },
    ];
  });
  const asks = diagnostics.some(({ code }) => code === 'data.no-file');
  if (missing.length === 0 && !asks) return analysis;
  const mended = diagnostics.map((diagnostic): Diagnostic => {
    const { code, nodeId } = diagnostic;
    if (code !== 'data.no-file' || nodeId === undefined) return diagnostic;
    const remedy = { label: 'Choose a file…', steps: [{ kind: 'chooseFile' as const, nodeId }] };
    return { ...diagnostic, remedy };
  });
  return { ...analysis, diagnostics: [...missing, ...mended] };
}
