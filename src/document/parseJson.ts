import { failure, success, type Result } from '../core/result';
import { DOCUMENT_LIMITS } from './schema';

/**
 * Parses JSON text from outside. Too long: `document.too-large`, without parsing. Not JSON: `document.not-json`, with
 * line and column where the engine says them. `what` begins the messages, e.g. `The document`.
 */
export function parseJson(text: string, what: string): Result<unknown> {
  if (text.length > DOCUMENT_LIMITS.characters) {
    return failure({
      code: 'document.too-large',
      severity: 'error',
      message: `${what} has ${text.length} characters; at most ${DOCUMENT_LIMITS.characters} are read.`,
      hint: 'Check that this is a Basin document: even large graphs are far smaller.',
    });
  }
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    return success(JSON.parse(json));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const place = json.trim() === '' ? ': it is empty' : findPlace(reason, json);
    return failure({
      code: 'document.not-json',
      severity: 'error',
      message: `${what} is not JSON${place}.`,
      hint: 'The file may be cut off, or edited by hand: look for a missing quote, comma or bracket.',
    });
  }
}

/** Engines name a position, or line and column, or (Safari, and V8 for some faults) only what they stumbled over. */
function findPlace(reason: string, text: string): string {
  const lineColumn = /line (\d+) column (\d+)/.exec(reason);
  if (lineColumn)
    return ` at line ${lineColumn[1]}, column ${lineColumn[2]} (${withoutPlace(reason)})`;
  const position = /at position (\d+)/.exec(reason);
  if (position) return ` at ${lineAndColumn(text, Number(position[1]))} (${withoutPlace(reason)})`;
  if (/end of|EOF|unterminated/i.test(reason)) {
    return ` at ${lineAndColumn(text, text.length)} (it ends too early)`;
  }
  return ` (${withoutPlace(reason)})`;
}

function withoutPlace(reason: string): string {
  return reason
    .replace(/^JSON\.parse: /, '')
    .replace(/ in JSON at position.*$| at line \d+ column \d+.*$/s, '')
    .replace(/ is not valid JSON$/, '');
}

function lineAndColumn(text: string, position: number): string {
  const lines = text.slice(0, position).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}
