"use client";

import { useState } from "react";
import { ConfirmDialog } from "@/components/settings/confirm-dialog";
import { SaveError } from "@/components/settings/save-error";
import { useReturnFocus } from "@/components/settings/use-return-focus";
import { Button } from "@/components/ui/button";
import { Sheet, SheetContent, SheetDescription, SheetHeader, SheetTitle } from "@/components/ui/sheet";
import type { McpServerWire } from "@/lib/contracts/mcp-server";
import { useInspectMcpServer, usePutMcpServer, useRemoveMcpServer } from "@/lib/queries/mcp-servers";
import { ServerForm } from "./server-form";
import { ServerHealth } from "./server-health";
import { type ServerSettings, settingsOf } from "./server-settings";
import { ToolList } from "./tool-list";

type ServerSheetProps = {
  /** null: a new one. */
  server: McpServerWire | null;
  canEdit: boolean;
  takenNames?: readonly string[];
  onClose: () => void;
  onMade?: (name: string) => void;
};

/** One MCP server: whether it answers, its settings where they are changed here, and its tools. */
export function ServerSheet({ server, canEdit, takenNames = [], onClose, onMade }: ServerSheetProps) {
  const [settings, setSettings] = useState<ServerSettings>(() => settingsOf(server));
  const [asking, setAsking] = useState(false);
  const put = usePutMcpServer();
  const inspect = useInspectMcpServer();
  const remove = useRemoveMcpServer();
  const returnFocus = useReturnFocus();
  const ofHost = server?.declared_by === "host";
  const error = put.error ?? inspect.error ?? remove.error;

  async function save() {
    const { name, ...rest } = settings;
    await put.mutateAsync({ name: name.trim(), version: server?.version ?? null, ...rest });
    if (rest.enabled) inspect.mutate(name.trim());
    if (!server) onMade?.(name.trim());
  }

  return (
    <Sheet open onOpenChange={(open) => !open && onClose()}>
      <SheetContent side="right" {...returnFocus}>
        <SheetHeader>
          <SheetTitle>{server ? server.name : "New MCP server"}</SheetTitle>
          <SheetDescription>
            {ofHost
              ? "Declared in the host's MCP file, and changed there."
              : "Over HTTP. A change here is saved by itself, not with the page."}
          </SheetDescription>
        </SheetHeader>
        <div className="relative flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto px-4 py-4">
          {error ? <SaveError error={error} /> : null}
          {server ? (
            <ServerHealth
              server={server}
              canInspect={canEdit && server.enabled}
              pending={inspect.isPending}
              onInspect={() => inspect.mutate(server.name)}
            />
          ) : null}
          {ofHost ? null : (
            <ServerForm
              settings={settings}
              saved={server}
              takenNames={takenNames}
              canEdit={canEdit}
              pending={put.isPending}
              onChange={setSettings}
              onSave={() => void save().catch(() => undefined)}
            />
          )}
          {server ? <ToolList server={server} /> : null}
        </div>
        {server && !ofHost && canEdit ? (
          <footer className="flex flex-none items-center border-t border-border px-4 py-3">
            <Button variant="destructive" size="sm" className="touch:h-11" onClick={() => setAsking(true)}>
              Remove server
            </Button>
          </footer>
        ) : null}
        <ConfirmDialog
          open={asking}
          onOpenChange={setAsking}
          title={`Remove ${server?.name ?? "it"}?`}
          confirm="Remove server"
          onConfirm={() => {
            if (server) remove.mutate(server.name, { onSuccess: onClose });
          }}
        >
          <p>Destinations that name it stay, and nothing is sent to them until they name another.</p>
        </ConfirmDialog>
      </SheetContent>
    </Sheet>
  );
}
