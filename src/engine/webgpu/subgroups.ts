import {
  BUFFER_COPY_DST,
  BUFFER_COPY_SRC,
  BUFFER_MAP_READ,
  BUFFER_STORAGE,
  MAP_READ,
} from './gpuFlags';

/** What kernels in which threads share loads need of a device. */
export const SUBGROUP_FEATURE: GPUFeatureName = 'subgroups';

/** Sizes of the workgroups of such kernels. */
const SIZES = [16, 64, 256];
const THREADS = 256;
const WORD = 4;

/**
 * Whether the four threads of a quad are threads 4n to 4n + 3 of a workgroup, which WebGPU leaves open: asked of
 * the device itself, in workgroups of all sizes that kernels have. False where it has no subgroups.
 */
export async function quadsAreConsecutive(device: GPUDevice): Promise<boolean> {
  if (!device.features.has(SUBGROUP_FEATURE)) return false;
  const bytes = SIZES.length * THREADS * WORD;
  const results = device.createBuffer({ size: bytes, usage: BUFFER_STORAGE | BUFFER_COPY_SRC });
  const copy = device.createBuffer({ size: bytes, usage: BUFFER_MAP_READ | BUFFER_COPY_DST });
  try {
    const encoder = device.createCommandEncoder();
    for (const [number, size] of SIZES.entries()) {
      const pipeline = await device.createComputePipelineAsync({
        layout: 'auto',
        compute: { module: device.createShaderModule({ code: quadCheck(number, size) }) },
      });
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      const entries = [{ binding: 0, resource: { buffer: results } }];
      pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries })); // prettier-ignore
      pass.dispatchWorkgroups(THREADS / size);
      pass.end();
    }
    encoder.copyBufferToBuffer(results, 0, copy, 0, bytes);
    device.queue.submit([encoder.finish()]);
    await copy.mapAsync(MAP_READ);
    return new Uint32Array(copy.getMappedRange()).every((answer) => answer === 1);
  } catch {
    return false;
  } finally {
    results.destroy();
    copy.destroy();
  }
}

/** Each thread stores 1 when its neighbours have handed it their numbers. */
function quadCheck(number: number, size: number): string {
  const handed = [0, 1, 2, 3].map((n) => `quadBroadcast(local, ${n}u)`);
  return `enable subgroups;
@group(0) @binding(0) var<storage, read_write> answers: array<u32>;
@compute @workgroup_size(${size})
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let handed = vec4<u32>(${handed.join(', ')});
  let right = all(handed == (local & ~3u) + vec4<u32>(0u, 1u, 2u, 3u));
  answers[${number * THREADS}u + workgroup.x * ${size}u + local] = u32(right);
}
`;
}
