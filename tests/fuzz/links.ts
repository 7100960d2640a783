import fc from 'fast-check';
import { canonicalJson } from '../../src/document/canonical';
import { decodeShareLink, encodeShareLink } from '../../src/document/shareLink';
import { damagedText } from './mutations';
import { DOCUMENTS } from './samples';
import { must, target } from './target';

interface Link {
  readonly address: string;
  readonly text: string;
}

const LINKS: readonly Link[] = DOCUMENTS.flatMap((document): Link[] => {
  const fragment = encodeShareLink(document);
  if (!fragment.ok) return [];
  const address = `https://example.org/basin/#${fragment.value}`;
  return [{ address, text: canonicalJson(document) }];
});

const damaged: fc.Arbitrary<Link> = fc
  .constantFrom(...LINKS)
  .chain((link) => damagedText(fc.constant(link.address)).map((address) => ({ ...link, address })));

/** A damaged link opens the document that was shared, or none. */
export const links = target('links', { short: 600, long: 20_000 }, damaged, ({ address, text }) => {
  const result = decodeShareLink(address);
  if (!result.ok) {
    must(result.diagnostics.length > 0, 'A link is refused without a word.');
    return;
  }
  must(canonicalJson(result.value) === text, 'Another document is opened.');
});

/** Of links of the first version, which have no checksum, it is only asked that they end. */
const wild = fc.oneof(
  damagedText(fc.constantFrom(...LINKS.map(({ address }) => address.replace('v2=', 'v1=')))),
  fc.base64String().map((text) => `#v1=${text}`),
  fc.string().map((text) => `#${text}`),
  fc.string(),
);

export const addresses = target('addresses', { short: 500, long: 20_000 }, wild, (address) => {
  const result = decodeShareLink(address);
  must(result.ok || result.diagnostics.length > 0, 'An address is refused without a word.');
});
