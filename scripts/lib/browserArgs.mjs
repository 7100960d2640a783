/** Root cannot use the sandbox, and offline machines should not wait for updates. */
const ALWAYS = ['--no-sandbox', '--disable-background-networking'];

const ADAPTERS = {
  /** In software, so that a run means the same on every machine. */
  software: ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
  /** The machine's own. On Linux without a display it is reached through Vulkan only. */
  machine: [
    '--enable-unsafe-webgpu',
    '--ignore-gpu-blocklist',
    '--use-angle=vulkan',
    '--enable-features=Vulkan',
    '--disable-vulkan-surface',
  ],
  /** As people have it who have no WebGPU: a machine with a GPU must not offer it. */
  none: ['--disable-gpu'],
};

/**
 * What Chromium is started with, by tests and benchmark alike.
 *
 * @param {keyof typeof ADAPTERS} adapter which WebGPU adapter its pages find
 * @returns {string[]}
 */
export function browserArgs(adapter) {
  return [...ALWAYS, ...ADAPTERS[adapter]];
}
