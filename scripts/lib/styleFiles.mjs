/**
 * Libraries that put style elements into the page as they run, which its policy refuses (docs/architecture.md): what they would put
 * there, as the policy allows it.
 *
 * @type {readonly { file: RegExp, change: (code: string) => string }[]}
 */
const LIBRARIES = [
  {
    // The same styles come with it as a file.
    file: /[\\/]sonner[\\/]dist[\\/]index\.mjs$/,
    change: (code) => code.replace(/^__insertCSS\(".*"\);?$/m, `import './styles.css';`),
  },
  {
    // Styles that are known only as the page runs, such as the width of its scroll bar while a dialog is open.
    file: /[\\/]react-style-singleton[\\/]dist[\\/]es2015[\\/]singleton\.js$/,
    change: () => `
export function stylesheetSingleton() {
  let users = 0;
  let sheet = null;
  return {
    add(css) {
      if (users++ > 0) return;
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    },
    remove() {
      if (--users > 0) return;
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    },
  };
}
`,
  },
];

/**
 * Keeps style elements of libraries out of the page.
 *
 * @returns {import('vite').Plugin}
 */
export function styleFiles() {
  return {
    name: 'basin:style-files',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      const library = LIBRARIES.find(({ file }) => file.test(id));
      if (library === undefined) return null;
      const changed = library.change(code);
      if (changed === code) this.error(`${id} has other styles than before: see styleFiles.mjs`);
      return { code: changed, map: null };
    },
  };
}
