import type { Kernel, Plan } from '../../src/codegen/plan';
import { kernelNumbers } from '../../src/codegen/report/planNumbers';
import { planProgram } from '../../src/codegen/planProgram';
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
import type { Program } from '../../src/ir/types';
import { makeArrays } from '../workloads/arrays';
import type { Model } from '../workloads/workload';
import { basinStep } from './basinStep';
import { productWork } from './productWork';
import { timeStep } from './timeStep';

export interface KernelTime {
  readonly name: string;
  readonly workgroups: number;
  /** Dispatches a step. */
  readonly count: number;
  /** Microseconds of one dispatch in the quickest of several batches: what else the machine does only adds to it. */
  readonly microseconds: number;
  /** Floating-point operations of the products in one dispatch; 0 where there is none. */
  readonly flops: number;
  /** Bytes of the arrays that it touches. */
  readonly bytes: number;
}

/**
 * Times each kernel of a model's step by itself on Basin's WebGPU engine: the same dispatch many times in one
 * submit. Its inputs are what lies in fresh buffers, zeros for everything but data and weights.
 */
export async function profileKernels(model: Model): Promise<KernelTime[]> {
  const adapter = defined(await requestAdapter(defined(navigator.gpu, 'WebGPU')), 'WebGPU adapter');
  const device = await requestDevice(adapter);
  const context = new GpuContext(device, navigator.gpu);
  const pipelines = new PipelineCache(context);
  const { program, data } = basinStep(model, makeArrays(model));
  const plan = planProgram(program, {
    limits: device.limits,
    ...(await suitableKernels(describeAdapter(adapter), device)),
  });
  const times: KernelTime[] = [];
  for (const { count, kernels } of plan.sections) {
    for (const kernel of kernels) {
      const alone: Plan = { ...plan, sections: [{ count: 1, kernels: [kernel] }] };
      const gpu = await GpuProgram.create(context, pipelines, alone, program, data);
      times.push(describe(kernel, count, await timeStep(context, gpu), plan, program));
      gpu.dispose();
    }
  }
  context.dispose();
  return times;
}

function describe(
  kernel: Kernel,
  count: number,
  milliseconds: number,
  plan: Plan,
  program: Program,
): KernelTime {
  const { name, workgroups, bytesRead, bytesWritten } = kernelNumbers(kernel, count);
  return {
    name: `${kernel.kind} ${name}`,
    workgroups: workgroups[0] * workgroups[1],
    count,
    microseconds: milliseconds * 1000,
    flops: productWork(kernel, plan, program),
    bytes: bytesRead + bytesWritten,
  };
}
