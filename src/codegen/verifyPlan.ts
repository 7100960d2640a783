import { defined, invariant } from '../core/invariant';
import { ELEMENT_BYTES, type Kernel, type Plan, type PlanLimits, type Storage } from './plan';

/**
 * Checks a plan by walking through two steps of it, loops included: whatever a kernel reads is still where it was
 * written, no kernel binds one buffer twice (WebGPU forbids reading and writing one buffer through two
 * bindings), every storage lies in its buffer, and no grid exceeds the limits. Throws on the first fault.
 */
export function verifyPlan(plan: Plan, limits: PlanLimits): void {
  for (const { kernels } of plan.sections) {
    for (const kernel of kernels) checkKernel(plan, kernel, limits);
  }
  plan.buffers.forEach(({ byteLength, storages }, number) => {
    for (const storage of storages) {
      const { buffer, start, end } = extentOf(plan, storage);
      invariant(buffer === number, `${storage.name} lies in another buffer`);
      invariant(
        start >= 0 && end * ELEMENT_BYTES <= byteLength,
        `${storage.name} does not fit its buffer`,
      );
      const kept = storages.filter((other) => other !== storage && other.role !== 'temporary');
      for (const other of kept) {
        invariant(!overlap(plan, storage, other), `${storage.name} lies over ${other.name}`);
      }
    }
  });
  checkContents(plan);
}

interface Extent {
  readonly buffer: number;
  readonly start: number;
  readonly end: number;
}

function extentOf(plan: Plan, { id, name, length }: Storage): Extent {
  const { buffer, offset } = defined(plan.placeOf.get(id), `place of ${name}`);
  return { buffer, start: offset, end: offset + length };
}

function overlap(plan: Plan, a: Storage, b: Storage): boolean {
  const [one, other] = [extentOf(plan, a), extentOf(plan, b)];
  return one.buffer === other.buffer && one.start < other.end && other.start < one.end;
}

function checkKernel(plan: Plan, kernel: Kernel, limits: PlanLimits): void {
  const { name, bindings, touches, workgroups } = kernel;
  invariant(
    bindings.length <= limits.maxStorageBuffersPerShaderStage,
    `kernel ${name} has ${bindings.length} bindings`,
  );
  const access = new Map(bindings.map((binding) => [binding.buffer, binding.access]));
  invariant(access.size === bindings.length, `kernel ${name} binds a buffer twice`);
  touches.forEach(({ storage, access: wanted }, number) => {
    const bound = access.get(extentOf(plan, storage).buffer);
    invariant(
      bound === 'read_write' || bound === wanted,
      `kernel ${name} does not bind ${storage.name} as it uses it`,
    );
    for (const other of touches.slice(number + 1)) {
      invariant(
        !overlap(plan, storage, other.storage),
        `kernel ${name} touches ${storage.name} and ${other.storage.name} at one place`,
      );
    }
  });
  for (const count of workgroups) {
    invariant(
      Number.isInteger(count) && count >= 1 && count <= limits.maxComputeWorkgroupsPerDimension,
      `kernel ${name} has a grid of ${workgroups.join('×')}`,
    );
  }
}

/** Replays which storages' numbers are still where they were written. */
function checkContents(plan: Plan): void {
  const intact = new Set<Storage>();
  const once = ({ name, touches }: Kernel): void => {
    for (const { storage, access } of touches) {
      if (storage.role !== 'temporary' || access !== 'read') continue;
      invariant(
        intact.has(storage),
        `kernel ${name} reads ${storage.name} after it was overwritten`,
      );
    }
    for (const { storage, access } of touches) {
      if (storage.role !== 'temporary' || access === 'read') continue;
      for (const other of [...intact]) {
        if (other !== storage && overlap(plan, storage, other)) intact.delete(other);
      }
      intact.add(storage);
    }
  };
  for (let step = 0; step < 2; step++) {
    for (const { count, kernels } of plan.sections) {
      for (let iteration = 0; iteration < Math.min(count, 3); iteration++) kernels.forEach(once);
    }
    // Nothing temporary outlives a step.
    intact.clear();
  }
}
