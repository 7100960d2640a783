import { failure, success, type Result } from '../../core/result';
import type { Registry } from '../../graph/registry';
import {
  exportPytorch,
  type ExportedFiles,
  type ExportSource,
} from '../../interop/pytorch/exportPytorch';
import type { SweepDefinition } from '../../runs/sweepDefinition';
import { sweepScript } from './sweepScript';
import { sweepVariants } from './sweepVariants';

const DATA = 'data.safetensors';

/**
 * A sweep as an Optuna study: `sweep.py`, and a script for each variant of the graph under `variants/`. Variants with the same data
 * share one file of it.
 */
export async function exportSweep(
  sweep: SweepDefinition,
  registry: Registry,
  source: ExportSource,
): Promise<Result<ExportedFiles>> {
  const planned = sweepVariants(sweep, registry);
  if (!planned.ok) return planned;
  const files = new Map<string, Uint8Array>();
  const datas: Uint8Array[] = [];
  const scripts: { key: string; folder: string; data: string }[] = [];
  for (const [index, { key, document }] of planned.value.variants.entries()) {
    const exported = await exportPytorch(document, registry, source);
    if (!exported.ok) return failure(...exported.diagnostics);
    const folder = `variants/${index + 1}`;
    for (const [name, bytes] of exported.value) {
      if (name !== DATA) files.set(`${folder}/${name}`, bytes);
    }
    const bytes = exported.value.get(DATA) ?? new Uint8Array();
    const known = datas.findIndex((other) => sameBytes(other, bytes));
    const place = known < 0 ? datas.push(bytes) : known + 1;
    const data = `data-${place}.safetensors`;
    files.set(data, bytes);
    scripts.push({ key: key.join(','), folder, data });
  }
  files.set('sweep.py', new TextEncoder().encode(sweepScript(planned.value, scripts)));
  return success(files);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
