import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';

/** The icons of judgements, wherever they stand. */
export const TONE_ICONS = { good: CircleCheck, warn: TriangleAlert, bad: CircleAlert } as const;
