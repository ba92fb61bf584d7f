"use client";

import { ChevronDown } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import { LockedAction } from "@/components/layout/locked-action";
import { useShortcuts } from "@/components/layout/use-shortcuts";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { IncidentWire } from "@/lib/contracts/incident";
import { groupingPath } from "@/lib/paths";
import { usePermission } from "@/lib/queries/session";
import { MergeDialog } from "./merge-dialog";
import { ResolveIncidentDialog } from "./resolve-incident-dialog";
import { MuteDialog, SnoozeDialog } from "./snooze-dialog";
import { SplitDialog } from "./split-dialog";

const dialogs = {
  merge: MergeDialog,
  snooze: SnoozeDialog,
  mute: MuteDialog,
  split: SplitDialog,
  resolve: ResolveIncidentDialog,
};
export type IncidentActionName = keyof typeof dialogs;

type IncidentActionsProps = { incident: IncidentWire; opened: IncidentActionName | null };

/** Merge (m), snooze (s) and what else can be done; a link may open one. One that is merged is looked at where it counts. */
export function IncidentActions({ incident, opened }: IncidentActionsProps) {
  const permission = usePermission("decide");
  const router = useRouter();
  const announce = useAnnounce();
  const [open, setOpen] = useState<IncidentActionName | null>(null);
  const isMember = incident.merged_into !== undefined;
  const may = permission.allowed && !isMember;
  useEffect(() => {
    if (opened && may) setOpen(opened);
  }, [opened, may]);
  function press(name: IncidentActionName) {
    if (may) setOpen(name);
    // Not known yet is no refusal.
    else if (isMember || permission.known)
      announce(
        isMember ? "It is merged into another incident; do it there." : "This needs the approver role.",
      );
  }
  useShortcuts([
    { keys: "m", label: "Merge", group: "Incident", run: () => press("merge") },
    { keys: "s", label: "Snooze", group: "Incident", run: () => press("snooze") },
  ]);
  if (isMember) return null;
  if (!permission.allowed && permission.known) {
    return (
      <LockedAction quiet unlocks="Merging and snoozing need the approver or admin role.">
        Merge, snooze
      </LockedAction>
    );
  }
  const Opened = open ? dialogs[open] : null;
  return (
    <>
      <Button kbd="m" className="touch:h-11" disabled={!may} onClick={() => setOpen("merge")}>
        Merge
      </Button>
      <Button kbd="s" className="touch:h-11" disabled={!may} onClick={() => setOpen("snooze")}>
        Snooze
      </Button>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button className="touch:h-11" disabled={!may}>
            More
            <ChevronDown aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => setOpen("resolve")}>Resolve</DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setOpen("mute")}>Mute</DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setOpen("split")}>Split by what varies</DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem onSelect={() => router.push(groupingPath({ incident: incident.incident_id }))}>
            Change the grouping
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {Opened ? <Opened incident={incident} onClose={() => setOpen(null)} /> : null}
    </>
  );
}
