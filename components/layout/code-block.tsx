import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";

export type CodeBlockProps = {
  /** The file's name or the error's type. */
  title?: ReactNode;
  /** "3 of 214 lines". */
  meta?: ReactNode;
  action?: ReactNode;
  /** Set: a Copy button with exactly this text. */
  copy?: string;
  /** Names the scrolling region. */
  label: string;
  /** Wrap long lines, or let them scroll. */
  wrap?: boolean;
  /** Tinted, without a head: a snippet inside prose. */
  inset?: boolean;
  className?: string;
  children: ReactNode;
};

/** Code, headers, a payload. Plain text children are put in a `pre`. */
export function CodeBlock(props: CodeBlockProps) {
  const { title, meta, action, copy, label, wrap = true, inset = false, className, children } = props;
  const hasHead = title || meta || action || copy !== undefined;
  return (
    <div
      data-slot="code-block"
      className={cn(
        "overflow-hidden rounded-md border border-border font-mono text-12 leading-[18px]",
        inset ? "bg-muted" : "bg-card",
        className,
      )}
    >
      {hasHead ? (
        <div className="flex h-7 items-center gap-2 border-b border-border px-2.5 font-sans text-12 text-muted-foreground">
          <span className="min-w-0 truncate">{title}</span>
          <span className="ml-auto flex flex-none items-center gap-2">
            {meta}
            {action}
            {copy === undefined ? null : (
              <CopyButton
                look="button"
                value={copy}
                label={`Copy ${label}`}
                variant="ghost"
                size="xs"
                className="-mr-1.5"
              >
                Copy
              </CopyButton>
            )}
          </span>
        </div>
      ) : null}
      {typeof children === "string" ? (
        <section
          tabIndex={wrap ? undefined : 0}
          aria-label={label}
          className={cn("px-2.5 py-2", !wrap && "overflow-x-auto")}
        >
          <pre className={cn("text-12 leading-[18px]", wrap && "break-words whitespace-pre-wrap")}>
            {children}
          </pre>
        </section>
      ) : (
        <section aria-label={label} className="py-1">
          {children}
        </section>
      )}
    </div>
  );
}
