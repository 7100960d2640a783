/**
 * The response headers of every way to serve Basin: `npm start`, `vite preview` and the
 * browser tests share this one list, so that what is tested is what is served.
 */

const POLICY = {
  'default-src': ["'none'"],
  // wasm-unsafe-eval: the portable engine compiles WebAssembly. No other evaluation. TensorFlow.js
  // would want blob: here for its threaded build, which does not survive minification anyway and
  // is no faster at our sizes: the engine turns WASM_HAS_MULTITHREAD_SUPPORT off.
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  // The one style element that a library draws itself: the lists of Radix hide their scroll bars by it. Those that libraries make as
  // they load are files of the page (scripts/lib/styleFiles.mjs), and what they position goes through the CSSOM.
  'style-src': ["'self'", "'sha256-441zG27rExd4/il+NvIqyL8zFx5XmyNQtE381kSkUJk='"],
  'worker-src': ["'self'", 'blob:'],
  'connect-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

/** @param {Record<string, string[]>} policy */
function serialize(policy) {
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ');
}

/**
 * The policy as a page can state it about itself, for hosts that set no headers. `frame-ancestors`
 * has no effect there and only logs an error.
 */
export const metaPolicy = serialize(POLICY);

/** Cross-origin isolation: precise timers and shared memory. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const COMMON = {
  ...isolationHeaders,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=(), display-capture=()',
};

export const productionHeaders = {
  'Content-Security-Policy': serialize({ ...POLICY, 'frame-ancestors': ["'none'"] }),
  ...COMMON,
};

/** Of the page inside other pages, of any origin: `?embed`. */
export const embedHeaders = {
  ...productionHeaders,
  'Content-Security-Policy': serialize(POLICY),
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** As in production, but for what the dev server injects: an inline preamble, styles, and its web socket. */
export const developmentHeaders = {
  'Content-Security-Policy': serialize({
    ...POLICY,
    'script-src': [...POLICY['script-src'], "'unsafe-inline'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'connect-src': [...POLICY['connect-src'], 'ws:'],
    'font-src': [...POLICY['font-src'], 'data:'],
    'frame-ancestors': ["'none'"],
  }),
  ...COMMON,
};
