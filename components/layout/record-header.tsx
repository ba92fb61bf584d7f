import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

export type RecordHeaderProps = {
  title: ReactNode;
  /** Over the title: a state pill, an id. */
  eyebrow?: ReactNode;
  /** Under the title: severity, project, environment, counts. */
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
};

/** What a record is: its title at 20/600 and one line of facts. */
export function RecordHeader({ title, eyebrow, children, actions, className }: RecordHeaderProps) {
  return (
    <header data-slot="record-header" className={cn("flex flex-wrap items-start gap-x-4 gap-y-3", className)}>
      <div className="flex min-w-0 flex-1 basis-80 flex-col gap-1">
        {eyebrow ? (
          <div className="flex min-w-0 flex-wrap items-center gap-2 text-muted-foreground">{eyebrow}</div>
        ) : null}
        <h1 className="text-[18px] leading-6 font-semibold tracking-[-0.015em] text-balance break-words md:text-20">
          {title}
        </h1>
        {children ? (
          <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-12 text-muted-foreground">
            {children}
          </div>
        ) : null}
      </div>
      {actions ? (
        <div className="flex max-w-full flex-none flex-wrap items-center gap-2 max-sm:w-full">{actions}</div>
      ) : null}
    </header>
  );
}
