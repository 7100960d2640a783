import { invariant } from '../core/invariant';
import { ELEMENT_BYTES, type Kernel, type Plan, type PlanLimits, type Storage } from './plan';

/**
 * Checks a plan by walking through two steps of it, loops included: whatever a kernel reads is still in its
 * buffer, no kernel binds one buffer twice (WebGPU forbids reading and writing one buffer through two
 * bindings), every storage fits its buffer, and no grid exceeds the limits. Throws on the first fault.
 */
export function verifyPlan(plan: Plan, limits: PlanLimits): void {
  for (const { kernels } of plan.sections) {
    for (const kernel of kernels) checkKernel(plan, kernel, limits);
  }
  for (const buffer of plan.buffers) {
    for (const storage of buffer.storages) {
      invariant(
        storage.length * ELEMENT_BYTES <= buffer.byteLength,
        `${storage.name} does not fit its buffer`,
      );
    }
    invariant(
      buffer.storages.length === 1 || buffer.storages.every(({ role }) => role === 'temporary'),
      `buffer ${buffer.label} shares what must be kept`,
    );
  }
  checkContents(plan);
}

function bufferOf(plan: Plan, storage: Storage): number {
  const number = plan.bufferOf.get(storage.id);
  invariant(number !== undefined, `${storage.name} has no buffer`);
  return number;
}

function checkKernel(plan: Plan, { name, bindings, workgroups }: Kernel, limits: PlanLimits): void {
  invariant(
    bindings.length <= limits.maxStorageBuffersPerShaderStage,
    `kernel ${name} has ${bindings.length} bindings`,
  );
  const buffers = bindings.map(({ storage }) => bufferOf(plan, storage));
  invariant(new Set(buffers).size === buffers.length, `kernel ${name} binds a buffer twice`);
  for (const count of workgroups) {
    invariant(
      Number.isInteger(count) && count >= 1 && count <= limits.maxComputeWorkgroupsPerDimension,
      `kernel ${name} has a grid of ${workgroups.join('×')}`,
    );
  }
}

/** Replays which storage's numbers each buffer holds. */
function checkContents(plan: Plan): void {
  const holds = new Map<number, Storage>();
  const once = (kernels: readonly Kernel[]): void => {
    for (const { name, bindings } of kernels) {
      for (const { storage, access } of bindings) {
        if (storage.role !== 'temporary') continue;
        const number = bufferOf(plan, storage);
        if (access === 'read') {
          invariant(
            holds.get(number) === storage,
            `kernel ${name} reads ${storage.name} after it was overwritten`,
          );
        } else {
          holds.set(number, storage);
        }
      }
    }
  };
  for (let step = 0; step < 2; step++) {
    for (const { count, kernels } of plan.sections) {
      for (let iteration = 0; iteration < Math.min(count, 3); iteration++) once(kernels);
    }
    // Nothing temporary outlives a step.
    holds.clear();
  }
}
