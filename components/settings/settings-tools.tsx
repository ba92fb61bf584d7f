"use client";

import { Download, Ellipsis, History, type LucideIcon, SquareTerminal, Upload } from "lucide-react";
import { useState } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import { notify } from "@/components/layout/notify";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { ConfigWire } from "@/lib/contracts/config";
import { api } from "@/lib/paths";
import { apiCall } from "./api-call";
import { ExportDialog } from "./export-dialog";
import { HistorySheet } from "./history-sheet";
import { ImportDialog } from "./import-dialog";
import type { SettingsSection } from "./sections";

type SettingsToolsProps = { section: SettingsSection; config: ConfigWire; canEdit: boolean };
type Open = "history" | "export" | "import" | null;

/** What every settings page can do besides editing: its history, a file of it, a file into it. */
export function SettingsTools({ section, config, canEdit }: SettingsToolsProps) {
  const [open, setOpen] = useState<Open>(null);
  const announce = useAnnounce();
  const close = (stays: boolean) => !stays && setOpen(null);

  async function copyCall() {
    const call = apiCall({ baseUrl: location.origin, method: "GET", path: api.config() });
    try {
      await navigator.clipboard.writeText(call);
      announce("Copied as API call.");
      notify("approved", "Copied as API call");
    } catch {
      notify("deliveryFailed", "The browser refused to copy");
    }
  }

  return (
    <>
      <Button
        variant="ghost"
        size="sm"
        className="px-2 font-normal text-muted-foreground touch:h-11 max-sm:w-8"
        data-settings-history=""
        onClick={() => setOpen("history")}
      >
        <History aria-hidden />
        <span className="max-sm:sr-only">History</span>
      </Button>
      <DropdownMenu modal={false}>
        <DropdownMenuTrigger asChild>
          <Button
            variant="ghost"
            size="icon-sm"
            className="touch:size-11"
            aria-label="More about these settings"
          >
            <Ellipsis aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" className="w-60">
          <FileItem
            Icon={Download}
            label="Export to a file…"
            allowed={canEdit}
            onSelect={() => setOpen("export")}
          />
          <FileItem
            Icon={Upload}
            label="Import a file…"
            allowed={canEdit}
            onSelect={() => setOpen("import")}
          />
          <DropdownMenuSeparator />
          <DropdownMenuItem onSelect={copyCall}>
            <SquareTerminal aria-hidden />
            Copy as API call
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {open === "history" ? (
        <HistorySheet section={section} config={config} canEdit={canEdit} onOpenChange={close} />
      ) : null}
      {open === "export" ? <ExportDialog section={section} config={config} onOpenChange={close} /> : null}
      {open === "import" ? <ImportDialog config={config} onOpenChange={close} /> : null}
    </>
  );
}

type FileItemProps = { Icon: LucideIcon; label: string; allowed: boolean; onSelect: () => void };

/** Stays in its place and takes the focus when it is not allowed, so that its reason can be read. */
function FileItem({ Icon, label, allowed, onSelect }: FileItemProps) {
  return (
    <DropdownMenuItem
      aria-disabled={allowed ? undefined : true}
      className={allowed ? undefined : "text-muted-foreground"}
      onSelect={(event) => (allowed ? onSelect() : event.preventDefault())}
    >
      <Icon aria-hidden />
      {label}
      {allowed ? null : <span className="ml-auto text-11">needs the admin role</span>}
    </DropdownMenuItem>
  );
}
