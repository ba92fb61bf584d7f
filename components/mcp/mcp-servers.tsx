"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { LockedAction } from "@/components/layout/locked-action";
import { Section } from "@/components/layout/section";
import { Button } from "@/components/ui/button";
import { mcpServersQuery } from "@/lib/queries/mcp-servers";
import { ServerRow } from "./server-row";
import { ServerSheet } from "./server-sheet";

/** The servers whose tools destinations may call. They are saved by themselves, not with the page. */
export function McpServers({ canEdit }: { canEdit: boolean }) {
  const servers = useQuery(mcpServersQuery()).data;
  const [open, setOpen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const shown = servers?.find((each) => each.name === open);
  return (
    <Section
      title="MCP servers"
      className="px-4 pt-5 pb-6"
      aside={
        canEdit ? (
          <Button size="xs" className="touch:h-11" onClick={() => setAdding(true)}>
            <Plus aria-hidden />
            Add server
          </Button>
        ) : (
          <LockedAction size="xs" className="touch:h-11" unlocks="Adding needs the admin role." quiet>
            Add server
          </LockedAction>
        )
      }
    >
      {servers && servers.length === 0 ? (
        <p className="text-12 text-muted-foreground">
          None yet. Add one by its address; programs are declared in the host's MCP file.
        </p>
      ) : (
        <ul aria-label="MCP servers" className="-mx-4 border-t border-border">
          {servers?.map((server) => (
            <ServerRow key={server.name} server={server} onOpen={() => setOpen(server.name)} />
          ))}
        </ul>
      )}
      {shown ? (
        <ServerSheet key={shown.name} server={shown} canEdit={canEdit} onClose={() => setOpen(null)} />
      ) : null}
      {adding ? (
        <ServerSheet
          server={null}
          canEdit={canEdit}
          takenNames={servers?.map((each) => each.name) ?? []}
          onClose={() => setAdding(false)}
          onMade={(name) => {
            setAdding(false);
            setOpen(name);
          }}
        />
      ) : null}
    </Section>
  );
}
