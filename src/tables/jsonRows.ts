import { endingOf } from './dataFile';

/** Whether a text that begins so is one JSON list of rows, each an object or a list, and not a row a line. */
export function isListOfRows(name: string, text: string): boolean {
  if (['jsonl', 'ndjson'].includes(endingOf(name)) || !/^\s*\[\s*[[{]/.test(text)) return false;
  const [first = '', second] = text.trim().split('\n', 2);
  if (second === undefined) return true;
  try {
    JSON.parse(first);
    return false;
  } catch {
    return true;
  }
}

/** Cuts one JSON list into the texts of its items, as it comes in pieces: of a large file no more than a row is held. */
export class RowSplitter {
  /** Lists and objects that are open, the list of rows among them. */
  private depth = 0;
  private isString = false;
  private isEscaped = false;
  private row = '';
  /** Whether the list has ended. */
  isDone = false;

  push(text: string): string[] {
    const rows: string[] = [];
    let start = 0;
    const end = (at: number): void => {
      this.row += text.slice(start, at);
      start = at + 1;
    };
    for (let at = 0; at < text.length; at++) {
      const letter = text[at];
      if (this.isString) {
        if (this.isEscaped) this.isEscaped = false;
        else if (letter === '\\') this.isEscaped = true;
        else if (letter === '"') this.isString = false;
      } else if (letter === '"') this.isString = true;
      else if (letter === '[' || letter === '{') {
        if (this.depth === 0) end(at);
        this.depth++;
      } else if (letter === ']' || letter === '}') {
        this.depth--;
        if (this.depth > 0) continue;
        this.isDone = true;
        end(at);
        rows.push(this.row);
        this.row = '';
      } else if (letter === ',' && this.depth === 1) {
        end(at);
        rows.push(this.row);
        this.row = '';
      }
    }
    this.row += text.slice(start);
    return rows;
  }

  /** What was begun and has no end. */
  get rest(): string {
    return this.row.trim();
  }
}
