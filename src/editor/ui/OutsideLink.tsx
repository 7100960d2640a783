import type { ReactNode } from 'react';

interface OutsideLinkProps {
  readonly href?: string | undefined;
  readonly className?: string;
  readonly children?: ReactNode;
}

/** A link of a Markdown text: it opens elsewhere and says nothing of this page. */
export function OutsideLink({ href, className, children }: OutsideLinkProps) {
  return (
    <a href={href} target="_blank" rel="noreferrer noopener" className={className}>
      {children}
    </a>
  );
}
