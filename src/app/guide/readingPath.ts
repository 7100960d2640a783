/**
 * A short way through the gallery in the order of the notes: what an energy is, how it collapses, contrast, regularizers, latents,
 * and the architectures made of these. Folders of templates.
 */
export const READING_PATH: readonly string[] = [
  'parabola',
  'hopfield',
  'joint-embedding-collapse',
  'siamese-hinge',
  'infonce',
  'vicreg',
  'kmeans',
  'ellipse',
  'sparse-coding',
  'variational-autoencoder',
  'jepa',
  'slow-features',
  'h-jepa',
  'world-model',
];
