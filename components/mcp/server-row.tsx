"use client";

import { RelativeTime } from "@/components/layout/relative-time";
import { ListRow } from "@/components/settings/list-row";
import { StateLabel } from "@/components/state/state-label";
import type { McpServerWire } from "@/lib/contracts/mcp-server";
import { serverAdvice, toolWords } from "./server-advice";

type ServerRowProps = { server: McpServerWire; onOpen: () => void };

/** A server by what can be known of it without asking it. */
export function ServerRow({ server, onOpen }: ServerRowProps) {
  const trouble = serverAdvice(server);
  return (
    <ListRow selected={false} onSelect={onOpen} dim={!server.enabled}>
      <span className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-0.5">
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <b className="truncate font-medium">{server.name}</b>
          <span className="text-12 text-muted-foreground">{toolWords(server)}</span>
        </span>
        {server.enabled ? (
          <StateLabel
            state={trouble ? "notReady" : "destinationReady"}
            word={trouble ? "Not connected" : "Connected"}
          />
        ) : (
          <StateLabel state="disabled" />
        )}
        <span className="col-span-2 text-12 text-muted-foreground">
          {server.declared_by === "host" ? "declared on the host" : (server.url ?? "no address")}, inspected{" "}
          <RelativeTime value={server.inspected_at_ms} />
        </span>
        {trouble && server.enabled ? <span className="col-span-2 text-12">{trouble.what}</span> : null}
      </span>
    </ListRow>
  );
}
