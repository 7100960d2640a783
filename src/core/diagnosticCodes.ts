/** Every diagnostic code, stable across versions, with what it stands for. One table, so that tools can rely on it. */
export const DIAGNOSTIC_CODES = {
  // Reading a document
  'document.not-json': 'The text is not JSON.',
  'document.not-basin': 'The JSON is not a Basin document.',
  'document.too-new': 'The document was written by a newer version of Basin.',
  'document.too-large': 'The document is over a size limit.',
  'document.repaired': 'A damaged part of the document was repaired or left out.',
  'file.unreadable': 'The browser does not give out what is in the file.',
  'link.damaged': 'The share link cannot be decoded.',
  'link.too-large': 'The share link is over a size limit, compressed or inflated.',
  // Keeping documents in the browser
  'storage.conflict': 'Another tab has saved a newer revision of the document.',
  'storage.full': 'The browser has no room left for documents.',
  'storage.missing': 'The document is not in the store.',
  'storage.unavailable': 'The browser does not let the page store documents.',
  // Structure of the graph
  'graph.empty': 'The graph has no nodes.',
  'node.unknown-kind': 'No node of this kind exists.',
  'node.bad-parameter': 'A parameter is outside what the node accepts.',
  'node.missing-input': 'A required input is not connected.',
  'edge.unknown-port': 'An edge names a node or port that does not exist.',
  'edge.type-mismatch': 'The two ends of an edge have different types.',
  'edge.too-many': 'An input that takes one edge has several.',
  'graph.cycle': 'The edges form a cycle.',
  'weights.cycle': 'Weight links form a cycle.',
  'weights.mismatch': 'Weights are shared between modules of different shapes.',
  // Shapes and meaning
  'shape.mismatch': 'Shapes do not agree.',
  'shape.invalid': 'A shape is not usable by this node.',
  'shape.too-large': 'A tensor is over the size limit.',
  'free.no-energy': 'A free variable that is to be inferred reaches no energy.',
  'free.mixed-inference': 'Free variables that share an energy are to be found in different ways.',
  'free.many-codes': 'To look at every value of a free variable costs much, or too much.',
  'objective.empty': 'No loss or terminal energy: nothing to train.',
  'objective.no-weights': 'No term of the objective depends on a weight.',
  'data.mismatch': 'Data sets of different lengths are used together.',
  'data.unavailable': 'A data set could not be loaded.',
  // Lint: what can collapse (docs/semantics.md §7)
  'lint.immune': 'The energy cannot collapse: its target is observed.',
  'lint.joint-embedding-collapse': 'A joint embedding with nothing that maximises information.',
  'lint.dimensional-collapse': 'A variance term without anything that decorrelates.',
  'lint.latent-collapse': 'A free latent of unbounded capacity can explain the target alone.',
  'lint.identity-collapse': 'An autoencoder that can learn the identity.',
  'lint.average-of-untrained': 'An average of weights follows weights that nothing trains.',
  'lint.unused-node': 'A node takes no part in the objective.',
  'lint.batch-too-small': 'The batch is too small for a batch statistic.',
  // Running
  'run.non-finite': 'A value became infinite or not a number.',
  'run.engine-unavailable': 'The engine cannot run here.',
  'run.device-lost': 'The GPU device was lost.',
  'run.out-of-memory': 'The run needs more memory than there is.',
  'run.failed': 'The run stopped on an unexpected failure.',
  'weights.file-mismatch': 'A weights file does not fit the graph.',
} as const;

export type DiagnosticCode = keyof typeof DIAGNOSTIC_CODES;
