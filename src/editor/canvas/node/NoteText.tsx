import type { ReactNode } from 'react';
import Markdown from 'react-markdown';
import { OutsideLink } from '../../ui/OutsideLink';

/** Markdown of a note. Images are left out, so that a shared document cannot make the page call out. */
export function NoteText({ text }: { text: string }) {
  return (
    <Markdown disallowedElements={['img']} components={{ a: NoteLink }}>
      {text}
    </Markdown>
  );
}

function NoteLink({ href, children }: { href?: string; children?: ReactNode }) {
  return (
    <OutsideLink href={href} className="nodrag">
      {children}
    </OutsideLink>
  );
}
