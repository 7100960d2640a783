import fc from 'fast-check';
import { registry } from '../../nodes/index';
import { analyse } from '../../src/compiler/analysis/analyse';
import { liveValues } from '../../src/compiler/programs/liveDocument';
import { hasErrors } from '../../src/core/diagnostic';
import { canonicalJson } from '../../src/document/canonical';
import { readDocumentFile } from '../../src/document/readFile';
import { readPasted } from '../../src/document/readPasted';
import { readDocument } from '../../src/document/read';
import { documentSchema, type BasinDocument } from '../../src/document/schema';
import { documentArbitrary } from '../support/documentArbitrary';
import { damagedText, mutatedJson } from './mutations';
import { DOCUMENT_TEXTS, DOCUMENTS } from './samples';
import { must, target } from './target';

/** Nodes of the kinds that there are, with parameters that they have, and values of all sorts. */
const strangeNodes: fc.Arbitrary<unknown> = fc
  .tuple(
    fc.constantFrom(...DOCUMENTS),
    fc.array(
      fc.tuple(fc.constantFrom(...registry.definitions), fc.nat(), fc.jsonValue({ maxDepth: 2 })),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([document, changes]) => ({
    ...document,
    nodes: document.nodes.map((node, index) => {
      const [definition, choice = 0, value] = changes[index % changes.length] ?? [];
      if (!definition || choice % 3 !== index % 3) return node;
      const names = Object.keys(definition.params.shape);
      const name = names[choice % names.length];
      const params = { ...node.params, ...(name === undefined ? {} : { [name]: value }) };
      return { ...node, kind: choice % 2 === 0 ? definition.kind : node.kind, params };
    }),
  }));

const parsed = DOCUMENT_TEXTS.map((text) => JSON.parse(text) as unknown);

/** Texts of documents, near and far from right. */
export const documentText: fc.Arbitrary<string> = fc.oneof(
  damagedText(fc.constantFrom(...DOCUMENT_TEXTS)),
  mutatedJson(fc.constantFrom(...parsed)).map((json) => JSON.stringify(json) ?? ''),
  mutatedJson(documentArbitrary).map((json) => JSON.stringify(json) ?? ''),
  strangeNodes.map((json) => JSON.stringify(json)),
  fc.json(),
);

/** Opened, repaired or refused with words; what is opened can be looked at, written and read again. */
export const documents = target(
  'documents',
  { short: 300, long: 100_000 },
  documentText,
  (text) => {
    const read = readDocumentFile(text, 'a.json', 'It');
    const pasted = readPasted(text);
    must(pasted.ok || pasted.diagnostics.length > 0, 'A paste is refused without a word.');
    if (!read.ok) {
      must(hasErrors(read.diagnostics), 'A document is refused without a word.');
      return;
    }
    checkDocument(read.value);
  },
);

function checkDocument(document: BasinDocument): void {
  must(documentSchema.safeParse(document).success, 'What is read does not fit the schema.');
  const { diagnostics } = analyse(document, registry);
  const silent = diagnostics.find(
    ({ message }) => message.length <= 10 || /undefined|\[object|NaN/.test(message),
  );
  must(silent === undefined, `A finding has no words: ${JSON.stringify(silent)}.`);
  liveValues(document, registry);
  const text = canonicalJson(document);
  const again = readDocument(text);
  must(again.ok && canonicalJson(again.value) === text, 'It does not read as what it was written.');
}
