/** Calls of WebGPU in this realm, whoever makes them. */
export interface GpuCalls {
  readonly dispatches: number;
  readonly submits: number;
}

const calls = { dispatches: 0, submits: 0 };
let encoding = 0;
let encodingSince: number | null = null;

/** Counts from now on, by wrapping the methods of WebGPU's own classes. To be called once, before any engine is made. */
export function countGpuCalls(): void {
  if (typeof GPUQueue === 'undefined') return;
  const pass = GPUComputePassEncoder.prototype;
  const { dispatchWorkgroups, dispatchWorkgroupsIndirect } = pass;
  pass.dispatchWorkgroups = function (x, y, z) {
    calls.dispatches++;
    return dispatchWorkgroups.call(this, x, y, z);
  };
  pass.dispatchWorkgroupsIndirect = function (buffer, offset) {
    calls.dispatches++;
    return dispatchWorkgroupsIndirect.call(this, buffer, offset);
  };

  const { createCommandEncoder } = GPUDevice.prototype;
  GPUDevice.prototype.createCommandEncoder = function (descriptor) {
    encodingSince ??= performance.now();
    return createCommandEncoder.call(this, descriptor);
  };
  const { submit } = GPUQueue.prototype;
  GPUQueue.prototype.submit = function (buffers) {
    calls.submits++;
    const result = submit.call(this, buffers);
    if (encodingSince !== null) encoding += performance.now() - encodingSince;
    encodingSince = null;
    return result;
  };
}

export function gpuCalls(): GpuCalls {
  return { ...calls };
}

/** Milliseconds between making a command encoder and the return from submitting it, all in all. */
export function encodingTime(): number {
  return encoding;
}
