"use client";

import { RelativeTime } from "@/components/layout/relative-time";
import { Button } from "@/components/ui/button";
import { FieldChecks } from "@/components/ui/field-checks";
import type { McpServerWire } from "@/lib/contracts/mcp-server";
import { serverAdvice, toolWords } from "./server-advice";

type ServerHealthProps = {
  server: McpServerWire;
  canInspect: boolean;
  pending: boolean;
  onInspect: () => void;
};

/** Whether it answers, what went wrong last, and what to do about it. */
export function ServerHealth({ server, canInspect, pending, onInspect }: ServerHealthProps) {
  const trouble = serverAdvice(server);
  return (
    <section aria-label="Connection" className="flex flex-col gap-2">
      <div aria-live="polite">
        <FieldChecks
          checks={[
            trouble
              ? { key: "health", result: "fail", what: trouble.what, detail: trouble.todo }
              : { key: "health", result: "pass", what: "Connected,", detail: toolWords(server) },
          ]}
        />
      </div>
      <p className="text-12 text-muted-foreground">
        Inspected <RelativeTime value={server.inspected_at_ms} />, answered last{" "}
        <RelativeTime value={server.connected_at_ms} />. Inspecting asks for its tools and calls none.
      </p>
      {canInspect ? (
        <Button size="sm" className="w-fit touch:h-11" pending={pending} onClick={onInspect}>
          Inspect now
        </Button>
      ) : null}
    </section>
  );
}
