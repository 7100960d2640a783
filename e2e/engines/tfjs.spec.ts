import { describeReport } from '../../tests/parity/compareEngines';
import { expect, test } from '../fixtures/browser';
import type { TfjsRequest } from '../harness/tfjs.worker';

interface Setting {
  readonly title: string;
  readonly request: TfjsRequest;
  readonly backend: string;
  readonly description: RegExp;
}

const SETTINGS: readonly Setting[] = [
  {
    title: 'wasm, its own choice',
    request: { backend: 'auto', cores: 1 },
    backend: 'wasm',
    description: /WebAssembly with SIMD$/,
  },
  {
    title: 'wasm with threads',
    request: { backend: 'wasm', cores: 4 },
    backend: 'wasm',
    description: /WebAssembly with SIMD, 2 threads$/,
  },
  {
    title: 'webgpu',
    request: { backend: 'webgpu' },
    backend: 'webgpu',
    description: /WebGPU/,
  },
];

// Under the policy and the headers that the app is served with, and in a worker, as engines run there.
for (const { title, request, backend, description } of SETTINGS) {
  test(`TensorFlow.js agrees with the reference on every op: ${title}`, async ({ page }) => {
    await page.goto('/');
    const { info, reports } = await page.evaluate(
      (asked) => globalThis.basinHarness.compareTfjs(asked),
      request,
    );
    expect(info.backend).toBe(backend);
    expect(info.description).toMatch(description);
    expect(reports.length).toBeGreaterThan(50);
    expect(reports.filter(({ agrees }) => !agrees).map(describeReport)).toEqual([]);
  });
}
