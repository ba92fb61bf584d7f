"use client";

import { ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";

type PaneHeaderProps = {
  title: string;
  /** "Webhook, no route sends here yet". */
  meta?: ReactNode;
  actions?: ReactNode;
  /** Phone: back to the list, named. */
  backLabel: string;
  onBack: () => void;
};

/** The head of the chosen row: its name, what it is, its switch. */
export function PaneHeader({ title, meta, actions, backLabel, onBack }: PaneHeaderProps) {
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-2 md:items-start">
      <Button variant="ghost" size="icon" aria-label={backLabel} onClick={onBack} className="-ml-2 md:hidden">
        <ChevronLeft aria-hidden />
      </Button>
      <div className="min-w-0 flex-1 basis-40">
        <h2 className="text-16 font-semibold break-words">{title}</h2>
        {meta ? <p className="text-12 text-muted-foreground">{meta}</p> : null}
      </div>
      {actions ? <div className="flex flex-none items-center gap-3">{actions}</div> : null}
    </header>
  );
}
