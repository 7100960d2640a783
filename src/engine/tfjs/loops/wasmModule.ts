import { TYPE, unsigned, type WasmCode, type WasmType } from './wasmCode';

/** A finished function of a module. */
export interface WasmFunction {
  readonly parameters: readonly WasmType[];
  readonly results: readonly WasmType[];
  readonly code: WasmCode;
  /** The name under which it is called from JavaScript, if it is. */
  readonly name?: string;
}

const MAGIC = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const SECTION = { type: 1, import: 2, function: 3, export: 7, code: 10 } as const;
const MAXIMUM_PAGES = 65_536;

function text(value: string): number[] {
  return vector([[...new TextEncoder().encode(value)].flat()], value.length);
}

/** A count and the items behind it. */
function vector(items: readonly (readonly number[])[], count = items.length): number[] {
  // Byte by byte: an array that is concatenated anew for each of thousands of functions is copied as often.
  const bytes = [...unsigned(count)];
  for (const item of items) for (const byte of item) bytes.push(byte);
  return bytes;
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length)].concat(content);
}

/**
 * A module in the binary format that works on the memory it imports as `env.memory`; functions are numbered
 * as in `functions`. Source: WebAssembly Core Specification 2.0, chapter 5.
 */
export function assembleModule(
  functions: readonly WasmFunction[],
  sharedMemory: boolean,
): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters, results }) => [
    0x60,
    ...vector(parameters.map((type) => [TYPE[type]])),
    ...vector(results.map((type) => [TYPE[type]])),
  ]);
  const limits = sharedMemory ? [0x03, 0, ...unsigned(MAXIMUM_PAGES)] : [0x00, 0];
  const memory = [...text('env'), ...text('memory'), 0x02, ...limits];
  const exported = functions.flatMap(({ name }, index) =>
    name === undefined ? [] : [[...text(name), 0x00, ...unsigned(index)]],
  );
  return Uint8Array.from(
    MAGIC.concat(
      section(SECTION.type, vector(types)),
      section(SECTION.import, vector([memory])),
      section(SECTION.function, vector(types.map((_, index) => unsigned(index)))),
      section(SECTION.export, vector(exported)),
      section(SECTION.code, vector(functions.map(({ code }) => code.finish()))),
    ),
  );
}
