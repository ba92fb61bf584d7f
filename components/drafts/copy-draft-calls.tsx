"use client";

import { SquareTerminal } from "lucide-react";
import { useAnnounce } from "@/components/layout/announcer";
import { notify } from "@/components/layout/notify";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { apiCallsOf } from "./api-calls";

/** What this screen reads and does, as commands for a shell; the token stays a variable. */
export function CopyDraftCalls({ review }: { review: DraftReviewWire }) {
  const announce = useAnnounce();
  async function copy(label: string, command: string) {
    try {
      await navigator.clipboard.writeText(command);
      notify("ready", "Copied", { description: `${label}. It reads the token from $TOKEN.` });
      announce(`Copied: ${label}`);
    } catch {
      notify("blocked", "Not copied", { description: "The browser refused access to the clipboard." });
    }
  }
  return (
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="xs" className="-mr-2 font-normal text-muted-foreground">
          <SquareTerminal aria-hidden />
          Copy as API call
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" side="top">
        {apiCallsOf(review).map(({ label, command }) => (
          <DropdownMenuItem key={label} onSelect={() => void copy(label, command(location.origin))}>
            {label}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
