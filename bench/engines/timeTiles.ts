import { planProgram } from '../../src/codegen/planProgram';
import { TILE_TIMES, type TileTime } from '../../src/codegen/wgsl/kernels/tileTimes';
import { defined } from '../../src/core/invariant';
import {
  describeAdapter,
  requestAdapter,
  requestDevice,
  suitableKernels,
} from '../../src/engine/webgpu/adapter';
import { GpuContext } from '../../src/engine/webgpu/gpuContext';
import { GpuProgram } from '../../src/engine/webgpu/gpuProgram';
import { PipelineCache } from '../../src/engine/webgpu/pipelineCache';
import { Builder } from '../../src/ir/builder';
import type { Program } from '../../src/ir/types';
import { timeStep } from './timeStep';

/** Extent of the products that are timed: a multiple of the width and height of all tiles. */
const EXTENT = 256;

/** A product of two square matrices, each step anew. */
function productProgram(): Program {
  const builder = new Builder();
  const shape = [EXTENT, EXTENT];
  const [left, right] = ['left', 'right'].map((name) => builder.input('data', name, shape, 'f32'));
  const product = builder.dot(defined(left, 'left'), defined(right, 'right'));
  return {
    data: ['left', 'right'].map((name) => ({ name, shape, dtype: 'f32' })),
    state: [],
    live: [],
    phases: builder.takePhases(),
    updates: new Map(),
    metrics: new Map(),
    outputs: new Map([['product', product]]),
  };
}

/**
 * Times the tiles of products on this adapter: each of those in `TILE_TIMES`, alone to choose from. Those that share
 * rows are left out where threads cannot.
 */
export async function timeTiles(): Promise<TileTime[]> {
  const adapter = defined(await requestAdapter(defined(navigator.gpu, 'WebGPU')), 'WebGPU adapter');
  const device = await requestDevice(adapter);
  const { subgroups } = await suitableKernels(
    { ...describeAdapter(adapter), software: true },
    device,
  );
  const context = new GpuContext(device, navigator.gpu);
  const pipelines = new PipelineCache(context);
  const program = productProgram();
  const values = Float32Array.from({ length: EXTENT * EXTENT }, (_, n) => Math.sin(n));
  const data = new Map([
    ['left', values],
    ['right', values],
  ]);
  const measured: TileTime[] = [];
  for (const tile of TILE_TIMES) {
    if (tile.lanes === 4 && !subgroups) continue;
    const plan = planProgram(program, {
      limits: device.limits,
      cooperative: false,
      subgroups: tile.lanes === 4,
      tileTimes: [tile],
    });
    const gpu = await GpuProgram.create(context, pipelines, plan, program, data);
    const threads = EXTENT ** 2 / (tile.rows * tile.columns);
    const nanoseconds = (await timeStep(context, gpu)) * 1e6;
    measured.push({ ...tile, time: nanoseconds / (threads * EXTENT) });
    gpu.dispose();
  }
  device.destroy();
  return measured;
}
