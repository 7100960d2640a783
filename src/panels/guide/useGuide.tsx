import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { defined } from '../../core/invariant';
import type { GuideActions, GuideState, GuideStore } from './guideStore';

interface GuideParts {
  readonly store: GuideStore;
  readonly actions: GuideActions;
}

const GuideContext = createContext<GuideParts | null>(null);

export function GuideProvider({ store, actions, children }: GuideParts & { children: ReactNode }) {
  const guide = useMemo(() => ({ store, actions }), [store, actions]);
  return <GuideContext value={guide}>{children}</GuideContext>;
}

/** A part of what is known of the guide. Objects and arrays are compared one level deep. */
export function useGuide<T>(selector: (state: GuideState) => T): T {
  return useStore(useGuideContext().store, useShallow(selector));
}

export function useGuideActions(): GuideActions {
  return useGuideContext().actions;
}

function useGuideContext(): GuideParts {
  return defined(useContext(GuideContext), 'GuideProvider');
}
