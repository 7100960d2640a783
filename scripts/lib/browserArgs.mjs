/**
 * Parts of Chromium that only cost time here. Of several lists it takes the last, so those that matter of Playwright's
 * are in it.
 */
const DISABLED_FEATURES = [
  // Two pages of its own behind the address bar, for every window: they take as long to start as ours.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  // As Playwright has it.
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
];

/** Root cannot use the sandbox, and offline machines should not wait for updates. */
const ALWAYS = [
  '--no-sandbox',
  '--disable-background-networking',
  `--disable-features=${DISABLED_FEATURES.join(',')}`,
];

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
