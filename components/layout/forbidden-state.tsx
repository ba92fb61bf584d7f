import type { ReactNode } from "react";
import { EmptyState } from "./empty-state";

type ForbiddenStateProps = {
  /** "You can read routes, not change them". */
  title: string;
  /** What it needs, what you are, and who can. */
  children: ReactNode;
  actions?: ReactNode;
  className?: string;
};

/** Explained, not hidden. */
export function ForbiddenState({ title, children, actions, className }: ForbiddenStateProps) {
  return (
    <EmptyState title={title} glyph="blocked" tone="failed" actions={actions} className={className}>
      {children}
    </EmptyState>
  );
}
