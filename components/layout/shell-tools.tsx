"use client";

import { CircleQuestionMark, Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { DisplayMenu } from "./display-menu";
import { LiveIndicator } from "./live-indicator";
import { useShell } from "./shell-context";

/** The right end of every top bar: live, search, display, help. */
export function ShellTools() {
  const shell = useShell();
  if (!shell) return null;
  return (
    <div data-slot="shell-tools" className="flex flex-none items-center gap-1">
      {shell.live ? <LiveIndicator live={shell.live} className="mr-1 max-sm:mr-0" /> : null}
      <Button
        variant="ghost"
        size="sm"
        onClick={shell.openSearch}
        className="px-2 text-muted-foreground max-md:hidden"
      >
        <Search aria-hidden />
        Search <Kbd>/</Kbd>
      </Button>
      <Button
        variant="ghost"
        size="icon"
        aria-label="Search"
        onClick={shell.openSearch}
        className="md:hidden"
      >
        <Search aria-hidden />
      </Button>
      <DisplayMenu className="max-md:hidden" />
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label="Help: keys"
        title="Keys"
        onClick={shell.openHelp}
        className="max-md:hidden"
      >
        <CircleQuestionMark aria-hidden />
      </Button>
    </div>
  );
}
