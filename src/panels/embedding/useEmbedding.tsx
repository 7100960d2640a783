import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { defined } from '../../core/invariant';
import type { EmbeddingActions, EmbeddingState, EmbeddingStore } from './embeddingStore';

interface Embedding {
  readonly store: EmbeddingStore;
  readonly actions: EmbeddingActions;
}

const EmbeddingContext = createContext<Embedding | null>(null);

export function EmbeddingProvider({
  store,
  actions,
  children,
}: Embedding & { readonly children: ReactNode }) {
  const embedding = useMemo(() => ({ store, actions }), [store, actions]);
  return <EmbeddingContext value={embedding}>{children}</EmbeddingContext>;
}

/** A part of what is known of the embedding. Objects and arrays are compared one level deep. */
export function useEmbedding<T>(selector: (state: EmbeddingState) => T): T {
  return useStore(useEmbeddingContext().store, useShallow(selector));
}

export function useEmbeddingActions(): EmbeddingActions {
  return useEmbeddingContext().actions;
}

function useEmbeddingContext(): Embedding {
  return defined(useContext(EmbeddingContext), 'EmbeddingProvider');
}
