import { canonicalJson } from '../../document/canonical';
import { decodeShareLink, encodeShareLink } from '../../document/shareLink';
import { EXIT } from '../exitCodes';
import { CommandError } from '../failure';
import { jsonText } from '../json';
import { printDiagnostics, type Terminal } from '../output';
import type { GraphOptions } from '../applySettings';
import { writeOutput } from '../outputFile';
import { readGraph } from '../readGraph';

/** `basin link GRAPH`: the share link's fragment, or the whole link behind `--base URL`. */
export async function linkCommand(
  terminal: Terminal,
  source: string,
  { base = '', json = false, ...options }: GraphOptions & { base?: string; json?: boolean },
): Promise<void> {
  const document = await readGraph(source, terminal, options);
  const fragment = encodeShareLink(document);
  if (!fragment.ok) {
    throw CommandError.of(fragment.diagnostics, EXIT.graph);
  }
  const link = `${base}#${fragment.value}`;
  terminal.out(json ? jsonText({ link }) : link);
}

/** `basin open URL -o GRAPH`: a share link back to a document; to standard output without `-o`. */
export async function openCommand(
  terminal: Terminal,
  link: string,
  { output }: { output?: string },
): Promise<void> {
  const result = decodeShareLink(link);
  if (!result.ok) {
    throw CommandError.of(result.diagnostics, EXIT.graph);
  }
  printDiagnostics(terminal, result.diagnostics);
  const text = canonicalJson(result.value);
  if (output === undefined || output === '-') terminal.out(text.trimEnd());
  else await writeOutput(output, text, 'The document');
}
