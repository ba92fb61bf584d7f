import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/cn";

export type SectionProps = {
  title: ReactNode;
  /** Beside the title, dim: "4 of 10 allowed". */
  count?: ReactNode;
  /** At the right end: a remark, a link, a control. */
  aside?: ReactNode;
  level?: 2 | 3;
  className?: string;
  children: ReactNode;
};

/** A named part of a screen: head at 13/600, then 8 px, then its content. No box. */
export function Section({ title, count, aside, level = 2, className, children }: SectionProps) {
  const id = useId();
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section
      data-slot="section"
      aria-labelledby={id}
      className={cn("flex min-w-0 flex-col gap-2", className)}
    >
      <div className="flex min-w-0 items-baseline gap-2">
        <Heading id={id} className="section-head">
          {title}
        </Heading>
        {count === undefined ? null : <span className="text-12 text-muted-foreground">{count}</span>}
        {aside ? <div className="ml-auto text-12 text-muted-foreground">{aside}</div> : null}
      </div>
      {children}
    </section>
  );
}
