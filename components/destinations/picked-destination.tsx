import { CircleHelp } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import type { DestinationWire } from "@/lib/contracts/config";
import { destinationKinds } from "./kinds";

type PickedDestinationProps = { id: string; row: DestinationWire | undefined; children: ReactNode };

/** A chosen destination: its name, its kind, or that it no longer exists. */
export function PickedDestination({ id, row, children }: PickedDestinationProps) {
  const look = row ? destinationKinds[row.kind] : null;
  const Icon = look?.Icon ?? CircleHelp;
  return (
    <li className="flex min-h-8 items-center gap-2 border-b border-border first:border-t touch:min-h-11">
      <Icon aria-hidden className="size-4 text-muted-foreground" />
      <span
        className={cn("min-w-0 truncate font-medium", !row && "text-state-waiting line-through")}
        title={id}
      >
        {row?.name || id}
      </span>
      <span className="flex-none text-12 text-muted-foreground">
        {look ? look.word : "no longer exists"}
        {row && !row.enabled ? ", disabled" : ""}
      </span>
      <span className="ml-auto flex flex-none items-center">{children}</span>
    </li>
  );
}
