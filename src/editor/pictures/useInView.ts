import { createContext, useContext, useEffect, useState, type RefObject } from 'react';

type Told = (isInView: boolean) => void;

const told = new Map<Element, Told>();

/** One for all of them: hundreds of observers are slow. The browser tells between frames, and nothing is measured. */
let observer: IntersectionObserver | null = null;

function watched(): IntersectionObserver {
  observer ??= new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) told.get(target)?.(isIntersecting);
  });
  return observer;
}

/** Set around what is laid out to be copied, wherever it lies. */
export const AllInViewContext = createContext(false);

/** Whether any of an element can be seen: not where it is cut off or not displayed. */
export function useInView(ref: RefObject<Element | null>): boolean {
  const isAll = useContext(AllInViewContext);
  const [isInView, setInView] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    told.set(element, setInView);
    watched().observe(element);
    return () => {
      told.delete(element);
      watched().unobserve(element);
    };
  }, [ref]);
  return isAll || isInView;
}
