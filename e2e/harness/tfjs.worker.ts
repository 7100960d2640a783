import { compareEngines, type ParityReport } from '../../tests/parity/compareEngines';
import { opCases } from '../../tests/parity/opCases';
import type { EngineInfo } from '../../src/engine/engine';
import { createReferenceEngine } from '../../src/engine/reference/referenceEngine';
import { browserWasmPaths } from '../../src/engine/tfjs/browserWasm';
import { createTfjsEngine, type TfjsOptions } from '../../src/engine/tfjs/createTfjsEngine';

export interface TfjsParity {
  readonly info: EngineInfo;
  readonly reports: readonly ParityReport[];
}

export interface TfjsRequest {
  readonly backend: TfjsOptions['backend'];
  /** Pretends that the machine has so many cores. */
  readonly cores?: number;
}

export type TfjsAnswer = { readonly value: TfjsParity } | { readonly error: string };

/** Runs every parity case on TensorFlow.js and on the reference engine, where engines run: in a worker. */
async function compare({ backend, cores }: TfjsRequest): Promise<TfjsParity> {
  if (cores !== undefined) {
    Object.defineProperty(navigator, 'hardwareConcurrency', { value: cores });
  }
  const made = await createTfjsEngine({ backend, wasmPaths: browserWasmPaths });
  if (!made.ok) throw new Error(made.diagnostics.map(({ message }) => message).join('\n'));
  const reference = createReferenceEngine();
  const reports: ParityReport[] = [];
  for (const parityCase of opCases(1)) {
    reports.push(await compareEngines(reference, made.value, parityCase));
  }
  made.value.dispose();
  return { info: made.value.info, reports };
}

addEventListener('message', ({ data }: MessageEvent<TfjsRequest>) => {
  const answer = (content: TfjsAnswer): void => postMessage(content);
  compare(data).then(
    (value) => answer({ value }),
    (error: unknown) => answer({ error: String(error) }),
  );
});
