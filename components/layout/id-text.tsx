import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";

export type IdTextProps = {
  id: string;
  /** What it is, for the copy button: "draft id". */
  kind: string;
  href?: string;
  /** In its place, where the whole of it would only be cut: "Draft c7425cf4". It stays on hover and in the copy. */
  words?: ReactNode;
  copyable?: boolean;
  className?: string;
};

/** An id, whole or in words, in mono, with its copy button. */
export function IdText({ id, kind, href, words = id, copyable = true, className }: IdTextProps) {
  return (
    <span
      data-slot="id-text"
      className={cn(
        "inline-flex min-w-0 items-center gap-0.5 font-mono text-12 font-normal text-muted-foreground",
        className,
      )}
    >
      {href ? (
        <Link
          href={href}
          title={id}
          className="truncate underline decoration-border-strong underline-offset-3 hover:text-foreground hover:decoration-current"
        >
          {words}
        </Link>
      ) : (
        <span className="truncate" title={id}>
          {words}
        </span>
      )}
      {copyable ? <CopyButton value={id} label={`Copy ${kind}`} /> : null}
    </span>
  );
}
