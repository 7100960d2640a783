/** A file as far as reading it goes: a `File` of the browser is one, and so is a `Blob` with a name. */
export interface DataFile {
  readonly name: string;
  /** Where it was in the folder that was chosen: `cats/1.png`; empty where no folder was. */
  readonly webkitRelativePath?: string;
  readonly size: number;
  slice(start: number, end: number): Blob;
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Told of the bytes that are read, of those there are. */
export type OnProgress = (done: number, total: number) => void;

/** The name without its ending. */
export function stemOf(name: string): string {
  return name.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '');
}

/** The ending of the name, in lower case, without its dot. */
export function endingOf(name: string): string {
  return /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}
