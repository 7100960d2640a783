/**
 * The page of the engine tests. What specs may call is gathered in one object on the global scope;
 * arguments and results cross to Node, so they are plain JSON.
 */

import '../../src/core/withoutEval';
import { requestAdapter } from '../../src/engine/webgpu/adapter';
import { templateLosses } from './templateLosses';
import { compareTfjs } from './tfjsParity';
import { compareWebGPU, countCreations, largeWeight, loseDevice, runTwice } from './webgpuChecks';

export interface AdapterReport {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  readonly isFallbackAdapter: boolean;
  readonly maxStorageBuffersPerShaderStage: number;
}

/** What the page's WebGPU adapter says about itself; null where the browser offers none. */
async function describeAdapter(): Promise<AdapterReport | null> {
  const adapter = navigator.gpu && (await requestAdapter(navigator.gpu));
  if (!adapter) return null;
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const { maxStorageBuffersPerShaderStage } = adapter.limits;
  return { vendor, architecture, description, isFallbackAdapter, maxStorageBuffersPerShaderStage };
}

const harness = {
  describeAdapter,
  templateLosses,
  compareTfjs,
  compareWebGPU,
  countCreations,
  largeWeight,
  loseDevice,
  runTwice,
};

export type Harness = typeof harness;

declare global {
  var basinHarness: Harness;
}

globalThis.basinHarness = harness;
