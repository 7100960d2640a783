// A thread has no TypeScript by itself.
import { register } from 'tsx/esm/api';

register();
await import(new URL('./attackThread.ts', import.meta.url).href);
