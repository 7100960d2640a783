/**
 * WebGPU outside of a browser, by the `webgpu` package (Dawn). Null where it cannot be loaded or finds no
 * adapter that computes. Keep the result referenced for as long as devices are in use.
 */
export async function createNodeGpu(): Promise<GPU | null> {
  try {
    const { create } = await import('webgpu');
    const gpu = create([]);
    return (await gpu.requestAdapter()) ? gpu : null;
  } catch {
    // No binary for this platform.
    return null;
  }
}

/**
 * Dawn's null backend: it checks shaders and calls as every other does, and computes nothing. For tests.
 */
export async function createValidatingGpu(): Promise<GPU> {
  const { create } = await import('webgpu');
  return create(['backend=null']);
}
