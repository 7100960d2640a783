import type { NodeRole } from '../src/graph/nodeRole';

/** What stands in the palette by its role, in this order. One line a role. */
export const nodeRoles: readonly NodeRole[] = [
  {
    id: 'encoder',
    title: 'Encoder',
    kind: 'module.mlp',
    params: { role: 'encoder' },
    help: 'Makes a representation of what it is given: an MLP that narrows.',
    synonyms: ['Enc', 'backbone', 'feature extractor', 'representation', 'embedding', 'JEPA'],
  },
  {
    id: 'predictor',
    title: 'Predictor',
    kind: 'module.mlp',
    params: { role: 'predictor' },
    help: 'Guesses one representation from another, and from a latent or an action: an MLP.',
    synonyms: ['Pred', 'prediction head', 'world model', 'JEPA', 'BYOL', 'SimSiam'],
  },
  {
    id: 'decoder',
    title: 'Decoder',
    kind: 'module.mlp',
    params: { role: 'decoder' },
    help: 'Makes an observation of a representation or a latent: an MLP that widens.',
    synonyms: ['Dec', 'reconstruction', 'generator', 'autoencoder', 'VAE'],
  },
  {
    id: 'expander',
    title: 'Expander',
    kind: 'module.mlp',
    params: { role: 'expander' },
    help: 'Widens a representation before it is regularized or compared: an MLP of three layers.',
    synonyms: ['projector', 'projection head', 'VICReg', 'Barlow Twins'],
  },
  {
    id: 'imageEncoder',
    title: 'Image encoder',
    kind: 'module.conv',
    params: { role: 'encoder' },
    help: 'Makes a representation of an image: a convolutional network.',
    synonyms: ['CNN encoder', 'ConvNet', 'vision'],
  },
  {
    id: 'imageDecoder',
    title: 'Image decoder',
    kind: 'module.deconv',
    params: { role: 'decoder' },
    help: 'Makes an image of a representation or a latent: transposed convolutions.',
    synonyms: ['upsampling decoder', 'generator', 'reconstruction'],
  },
  {
    id: 'patchEncoder',
    title: 'Patch encoder',
    kind: 'module.transformer',
    params: { role: 'encoder' },
    help: 'Makes a representation of each patch of an image: a vision transformer.',
    synonyms: ['ViT encoder', 'token encoder', 'context encoder', 'I-JEPA', 'MAE'],
  },
  {
    id: 'sequenceEncoder',
    title: 'Sequence encoder',
    kind: 'module.gru',
    params: { role: 'encoder' },
    help: 'Makes a representation of each step that knows the steps before it: a GRU.',
    synonyms: ['recurrent encoder', 'RNN', 'state estimator'],
  },
];
