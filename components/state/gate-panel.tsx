import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

type GatePanelProps = {
  title: ReactNode;
  aside?: ReactNode;
  label: string;
  children: ReactNode;
  className?: string;
};

/** The box that hangs on the gate line: what is asked of you, and the one filled button. */
export function GatePanel({ title, aside, label, children, className }: GatePanelProps) {
  return (
    <section
      data-slot="gate-panel"
      aria-label={label}
      className={cn(
        "rounded-lg border border-primary-line bg-card px-4 py-3.5 md:-ml-[27px] md:rounded-l-none md:border-l-0 md:pl-[27px]",
        className,
      )}
    >
      <div className="flex items-baseline gap-2">
        <h2 className="text-14 font-semibold">{title}</h2>
        {aside ? <span className="ml-auto text-12 text-muted-foreground">{aside}</span> : null}
      </div>
      {children}
    </section>
  );
}
