import { readFile } from 'node:fs/promises';
import { registry } from '../../nodes/index';
import { analyse } from '../compiler/analysis/analyse';
import type { Analysis } from '../compiler/analysis/analysis';
import { hasErrors } from '../core/diagnostic';
import { success, type Result } from '../core/result';
import { fileText } from '../document/fileText';
import { readDocumentFile } from '../document/readFile';
import type { BasinDocument } from '../document/schema';
import { applyData } from './applyData';
import { applySettings, type GraphOptions } from './applySettings';
import { EXIT } from './exitCodes';
import { CommandError } from './failure';
import { printDiagnostics, type Terminal } from './output';
import { readTemplateText, templateSlugs } from './templates';

/** Reads GRAPH: a path, also of a picture with a document inside, the slug of a template, or `-` for standard input. */
export async function readGraph(
  source: string,
  terminal: Terminal,
  options: GraphOptions = {},
): Promise<BasinDocument> {
  const result = await tryReadGraph(source, terminal);
  if (!result.ok) {
    throw CommandError.of(result.diagnostics, EXIT.graph);
  }
  printDiagnostics(terminal, result.diagnostics);
  return changedDocument(result.value, options, terminal);
}

/** The document as the options change it. */
export function changedDocument(
  document: BasinDocument,
  options: GraphOptions,
  terminal: Terminal,
): Promise<BasinDocument> {
  const changed = applySettings(document, options, registry);
  return applyData(changed, options.data ?? [], registry, terminal);
}

/** As `readGraph`, without settings: what is wrong with a text that is no document is in the result. */
export async function tryReadGraph(
  source: string,
  terminal: Terminal,
): Promise<Result<BasinDocument>> {
  const what = source === '-' ? 'Standard input' : source;
  const text = await readSource(source, what, terminal);
  return text.ok ? readDocumentFile(text.value, source, what) : text;
}

async function readSource(
  source: string,
  what: string,
  terminal: Terminal,
): Promise<Result<string>> {
  if (source === '-') {
    const given = await terminal.stdin();
    return typeof given === 'string' ? success(given) : fileText(given, what);
  }
  const slugs = await templateSlugs();
  if (slugs.includes(source)) return success(await readTemplateText(source));
  try {
    return fileText(await readFile(source), what);
  } catch {
    throw new CommandError(
      `No file “${source}” can be read, and no template has that name. Templates: ${slugs.join(', ')}.`,
      EXIT.usage,
    );
  }
}

/** Analyses a document for a command that needs a sound graph; warnings go to stderr, errors end the command. */
export function requireSound(document: BasinDocument, terminal: Terminal): Analysis {
  const analysis = analyse(document, registry);
  const told = analysis.diagnostics.filter(({ severity }) => severity !== 'info');
  if (hasErrors(told)) throw CommandError.of(told, EXIT.graph);
  printDiagnostics(terminal, told);
  return analysis;
}
