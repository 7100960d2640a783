declare module '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js' {
  /** The source of the script that each thread of the wasm module runs. */
  export const wasmWorkerContents: string;
}
