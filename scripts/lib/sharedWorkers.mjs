import { fileURLToPath, pathToFileURL } from 'node:url';

const ADDRESS = /new URL\(\s*'([^']+\.worker\.ts)',\s*import\.meta\.url,?\s*\)/g;

/**
 * Makes workers a part of the page's own build. By itself Vite builds each on its own, with a copy of everything that it
 * has in common with the others: the compiler, the nodes, TensorFlow.js. The browser then fetches, compiles and keeps each
 * copy.
 *
 * `groups`: what the page imports to begin with comes in two files, that which workers need as well and the rest, and so
 * does what it asks for next, which is all that those import when it is time. Left to itself the bundler would make a file
 * for every set of parts that have something in common: a hundred requests.
 */
export function sharedWorkers() {
  /** @type {Set<string>} */
  let inFirst = new Set();
  /** @type {Set<string>} */
  let inNext = new Set();
  /** @type {Set<string>} */
  let inWorkers = new Set();
  /** @type {import('vite').Plugin} */
  const plugin = {
    name: 'basin:shared-workers',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.ts') || !code.includes('.worker.ts')) return null;
      const replaced = code.replace(ADDRESS, (_, path) => {
        const worker = fileURLToPath(new URL(path, pathToFileURL(id)));
        return `import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: 'chunk', id: worker })}`;
      });
      // Lines stay as they are, which is what matters to those who read a stack.
      return { code: replaced, map: null };
    },
    buildEnd() {
      /** @param {string[]} entries */
      const reached = (entries) => {
        const found = new Set(entries);
        for (const id of found) {
          for (const imported of this.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
        }
        return found;
      };
      const ids = [...this.getModuleIds()];
      inFirst = reached(ids.filter((id) => id.endsWith('.html')));
      inNext = reached(
        [...inFirst].flatMap((id) => this.getModuleInfo(id)?.dynamicallyImportedIds ?? []),
      );
      inWorkers = reached(ids.filter((id) => id.endsWith('.worker.ts')));
    },
  };
  /**
   * @param {string} name
   * @param {(id: string) => boolean} test
   */
  const group = (name, test) => ({ name, test });
  const groups = [
    group('first-shared', (id) => inFirst.has(id) && inWorkers.has(id)),
    group('first', (id) => inFirst.has(id)),
    group('next-shared', (id) => inNext.has(id) && inWorkers.has(id)),
    group('next', (id) => inNext.has(id)),
  ];
  return { plugin, groups };
}
