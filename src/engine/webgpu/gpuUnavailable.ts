import { failure, type Result } from '../../core/result';

const IN_BROWSERS =
  'Use a recent browser with hardware acceleration switched on, or the TensorFlow.js engine.';

/** `run.engine-unavailable` for WebGPU, with the reason as the end of a sentence. */
export function gpuUnavailable<T>(reason: string, hint = IN_BROWSERS): Result<T> {
  return failure({
    code: 'run.engine-unavailable',
    severity: 'error',
    message: `WebGPU cannot run here: ${reason}`,
    hint,
  });
}

/** Where there is no WebGPU at all. */
export function noGpu<T>(): Result<T> {
  return Reflect.get(globalThis, 'isSecureContext') === false
    ? gpuUnavailable(
        'browsers have it for pages that come by https or from localhost only.',
        'Open the page over https, or use the TensorFlow.js engine.',
      )
    : gpuUnavailable('this browser does not have it.');
}
