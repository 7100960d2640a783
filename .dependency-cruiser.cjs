/**
 * Import direction. Each folder lists what it may import; everything else is an error.
 * To add a folder, add it here: an unlisted folder under src/ cannot be imported.
 */

/** @type {Record<string, { imports: string[], types?: string[] }>} `types`: `import type` only. */
const ZONES = {
  core: { imports: [] },
  worlds: { imports: ['core'] },
  tables: { imports: ['core'] },
  storage: { imports: ['core', 'tables'] },
  ir: { imports: ['core'] },
  document: { imports: ['core'] },
  graph: { imports: ['core', 'ir', 'document'] },
  compiler: { imports: ['core', 'ir', 'graph', 'document'] },
  codegen: { imports: ['core', 'ir'] },
  engine: { imports: ['core', 'ir', 'codegen'] },
  training: { imports: ['core', 'ir', 'document', 'graph', 'compiler', 'engine'] },
  probing: { imports: ['core', 'ir', 'document', 'graph', 'compiler', 'engine'] },
  interop: { imports: ['core', 'ir', 'document', 'graph', 'compiler', 'engine'] },
  runs: {
    imports: ['core', 'document', 'graph', 'compiler', 'interop', 'findings'],
    types: ['probing'],
  },
  sweeps: {
    imports: [
      ...['core', 'document', 'graph', 'compiler', 'engine', 'training', 'probing'],
      ...['interop', 'runs', 'findings'],
    ],
  },
  editor: { imports: ['core', 'document', 'graph', 'compiler', 'workers', 'tables'] },
  panels: {
    imports: [
      ...['editor', 'core', 'document', 'graph', 'workers', 'findings', 'runs', 'sweeps'],
      'tables',
    ],
    types: ['codegen', 'training', 'probing'],
  },
};

/**
 * Folders inside a zone, and which of its folders each may import; files at the top of the zone may be imported by all.
 * To add a folder to such a zone, add it here.
 *
 * @type {Record<string, Record<string, string[]>>}
 */
const LAYERS = {
  compiler: {
    graph: [],
    analysis: ['graph'],
    autodiff: [],
    optimizer: [],
    simplify: [],
    lowering: ['graph', 'analysis'],
    latentInference: ['graph', 'analysis', 'autodiff', 'lowering'],
    contrast: ['graph', 'analysis', 'autodiff', 'lowering', 'latentInference'],
    probes: ['graph', 'analysis', 'autodiff', 'optimizer', 'lowering', 'latentInference'],
    programs: [
      ...['graph', 'analysis', 'autodiff', 'optimizer', 'simplify'],
      ...['lowering', 'latentInference', 'contrast', 'probes'],
    ],
    testing: [],
  },
  codegen: {
    views: [],
    memory: ['views'],
    wgsl: ['views', 'memory'],
    materialisation: ['views', 'wgsl'],
    lowering: ['views', 'memory', 'wgsl', 'materialisation'],
    fusion: ['memory', 'wgsl', 'lowering'],
    report: ['memory'],
  },
};

const BELOW_EDITOR = Object.keys(ZONES).filter((zone) => zone !== 'editor' && zone !== 'panels');
const COMPOSED = [...Object.keys(ZONES), 'nodes', 'templates', 'workers'];
const WITHOUT_REACT = COMPOSED.filter((zone) => zone !== 'editor' && zone !== 'panels');

const TEST_FILE = '\\.(test|spec)\\.tsx?$';
const NODE_INDEX = '^nodes/(index|firstKinds)\\.ts$';
const NODE_VIEWS = '^nodes/views\\.tsx?$';
const NODE_VIEW = '^nodes/.+/view\\.tsx$';
const NODE_TESTING = '^nodes/shared/testing/';
const WORKER = '^workers/[^/]+\\.worker\\.ts$';
const WORKER_API = '^workers/(client|protocol)(/|\\.ts$)';

// Packages that pull in React; `zustand/vanilla` does not, the bare `zustand` does.
const REACT = [
  '(^|/)node_modules/(react|react-dom|react-markdown|react-resizable-panels|@xyflow/react)/',
  '(^|/)node_modules/(radix-ui|@radix-ui|cmdk|sonner|lucide-react)/',
  '(^|/)node_modules/zustand/(esm/)?(index|react)\\.',
];

const OWN_CODE = '^(src|nodes|workers|templates|tests|e2e|bench|scripts)/';

const LOCATIONS = {
  nodes: NODE_INDEX,
  views: NODE_VIEWS,
  templates: '^templates/',
  workers: WORKER_API,
  // What a report says and how it is shown: tables without the machinery that fills them.
  findings: '^src/probing/(statistics|verdicts)/',
};

/** @param {string} zone */
function location(zone) {
  return LOCATIONS[zone] ?? `^src/${zone}/`;
}

/**
 * One rule for a folder: own code outside `allowed` is out of bounds.
 * @param {string} name
 * @param {{ path: string | string[], pathNot?: string | string[] }} from
 * @param {string[]} allowed
 */
function onlyImports(name, from, allowed) {
  return {
    name,
    severity: 'error',
    from: { ...from, pathNot: [TEST_FILE, ...[from.pathNot ?? []].flat()] },
    to: { path: OWN_CODE, pathNot: allowed },
  };
}

const zoneRules = Object.entries(ZONES).flatMap(([zone, { imports, types = [] }]) => {
  const from = { path: location(zone) };
  const values = [zone, ...imports].map(location);
  const message = `${zone}-imports-only-${imports.join('-') || 'itself'}`;
  if (types.length === 0) return [onlyImports(message, from, values)];
  return [
    onlyImports(message, from, [...values, ...types.map(location)]),
    {
      name: `${zone}-imports-only-types-of-${types.join('-')}`,
      severity: 'error',
      from: { path: location(zone), pathNot: TEST_FILE },
      to: {
        path: types.map(location),
        pathNot: values,
        dependencyTypesNot: ['type-only'],
      },
    },
  ];
});

const layerRules = Object.entries(LAYERS).flatMap(([zone, layers]) => {
  const folder = (/** @type {string} */ name) => `^src/${zone}/${name}/`;
  return [
    ...Object.entries(layers).map(([layer, imports]) => ({
      name: `${zone}-${layer}-imports-only-${imports.join('-') || 'itself'}`,
      severity: 'error',
      from: { path: folder(layer), pathNot: TEST_FILE },
      to: {
        path: `^src/${zone}/[^/]+/`,
        pathNot: [layer, ...imports].map(folder),
      },
    })),
    {
      name: `unlisted-folder-of-${zone}`,
      comment: 'Give a new folder its place in LAYERS.',
      severity: 'error',
      from: {},
      to: {
        path: `^src/${zone}/[^/]+/`,
        pathNot: [...Object.keys(layers).map(folder), '/__snapshots__/'],
      },
    },
  ];
});

const nodeRules = [
  onlyImports(
    'nodes-import-only-core-graph-ir-worlds-tables',
    { path: '^nodes/', pathNot: NODE_TESTING },
    ['^nodes/', ...['core', 'graph', 'ir', 'worlds', 'tables'].map(location)],
  ),
  {
    name: 'only-tests-import-the-test-harness-of-nodes',
    comment: 'It runs nodes on an engine, which definitions know nothing of.',
    severity: 'error',
    from: { path: OWN_CODE, pathNot: [TEST_FILE, NODE_TESTING, '^e2e/'] },
    to: { path: NODE_TESTING },
  },
  onlyImports(
    'node-kinds-do-not-import-each-other',
    { path: '^(nodes/[^/]+/[^/]+)/', pathNot: '^nodes/shared/' },
    ['^$1/', '^nodes/shared/', '^src/'],
  ),
  onlyImports('shared-node-code-imports-no-kind', { path: '^nodes/shared/' }, [
    '^nodes/shared/',
    '^src/',
  ]),
  {
    name: 'node-views-are-imported-only-by-nodes-views',
    comment: 'A definition that reached its view would bring React into workers and the CLI.',
    severity: 'error',
    from: { path: OWN_CODE, pathNot: [TEST_FILE, NODE_VIEWS] },
    to: { path: NODE_VIEW },
  },
];

const compositionRules = [
  onlyImports('app-does-not-import-the-command-line', { path: '^src/app/' }, [
    ...[...COMPOSED, 'app', 'views'].map(location),
    WORKER,
  ]),
  onlyImports('cli-imports-nothing-of-the-page', { path: '^src/cli/' }, [
    ...[...WITHOUT_REACT, 'cli'].map(location),
    // Makes data files that no build has made yet.
    '^scripts/lib/dataFiles\\.mjs$',
  ]),
  onlyImports('workers-import-nothing-of-the-page', { path: WORKER }, [
    ...WITHOUT_REACT.map(location),
    '^workers/',
  ]),
  onlyImports(
    'worker-clients-import-only-what-both-sides-share',
    { path: '^workers/', pathNot: WORKER },
    [
      ...['core', 'ir', 'document', 'graph', 'compiler'].map(location),
      ...['codegen', 'engine', 'training', 'probing', 'runs', 'sweeps'].map(location),
      ...['tables', 'storage'].map(location),
      '^workers/',
    ],
  ),
  {
    name: 'worker-clients-import-only-types-of-engines-and-sessions',
    comment: 'What a client imports runs on the page; engines and sessions belong to the worker.',
    severity: 'error',
    from: { path: '^workers/', pathNot: [WORKER, TEST_FILE] },
    to: {
      path: ['codegen', 'engine', 'training', 'probing', 'runs', 'sweeps'].map(location),
      dependencyTypesNot: ['type-only'],
    },
  },
  onlyImports('templates-are-data', { path: '^templates/' }, [
    '^templates/',
    ...['core', 'document'].map(location),
  ]),
  {
    name: 'end-to-end-tests-touch-only-the-page',
    comment: 'e2e/harness is a page of its own and e2e/engines drives it with programs.',
    severity: 'error',
    from: { path: '^e2e/', pathNot: '^e2e/(harness|engines)/' },
    to: { path: '^(src|nodes|workers|templates)/', dependencyTypesNot: ['type-only'] },
  },
  onlyImports('the-benchmark-runs-below-the-editor', { path: '^bench/' }, [
    '^bench/',
    '^scripts/',
    ...['core', 'ir', 'document', 'graph', 'nodes', 'compiler', 'codegen', 'engine'].map(location),
  ]),
  {
    name: 'unlisted-folder',
    comment: 'Give a new folder its place in ZONES.',
    severity: 'error',
    from: {},
    to: {
      path: '^src/',
      pathNot: [...Object.keys(ZONES), 'app', 'cli'].map(location),
    },
  },
];

const packageRules = [
  {
    name: 'react-only-in-the-page',
    severity: 'error',
    from: {
      path: OWN_CODE,
      pathNot: [TEST_FILE, '^src/(editor|panels|app)/', NODE_VIEW, NODE_VIEWS, '^e2e/'],
    },
    to: { path: REACT },
  },
  {
    name: 'react-not-reachable-from-workers-and-cli',
    severity: 'error',
    from: {
      path: [WORKER, '^src/cli/', NODE_INDEX, ...BELOW_EDITOR.map(location)],
      pathNot: TEST_FILE,
    },
    to: { path: REACT, reachable: true },
  },
  {
    name: 'no-dev-dependency-in-shipped-code',
    severity: 'error',
    from: { path: '^(src|nodes|workers|templates)/', pathNot: TEST_FILE },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'no-undeclared-package',
    severity: 'error',
    from: { path: OWN_CODE },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
];

const generalRules = [
  { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
  { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  {
    name: 'shipped-code-imports-no-test',
    severity: 'error',
    from: { path: '^(src|nodes|workers|templates|scripts)/', pathNot: TEST_FILE },
    to: { path: [TEST_FILE, '^(tests|e2e|bench)/'] },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...generalRules,
    ...zoneRules,
    ...layerRules,
    ...nodeRules,
    ...compositionRules,
    ...packageRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|dist-harness|dist-bench|\\.cache)/' },
    // Type imports are arrows too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'browser', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
