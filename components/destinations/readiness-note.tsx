"use client";

import { useQuery } from "@tanstack/react-query";
import { andWords, plural } from "@/components/settings/words";
import { GateGlyph } from "@/components/state/gate-glyph";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { statusQuery } from "@/lib/queries/settings";
import type { Readiness } from "./readiness";

/** Why the saved row cannot send, and a look again. Silent while it can. */
export function ReadinessNote({ readiness, edited }: { readiness: Readiness; edited: boolean }) {
  const status = useQuery(statusQuery());
  if (readiness.state === "disabled") {
    return (
      <Alert tone="idle" icon={<GateGlyph name="cancelled" />} title="Disabled.">
        Routes may still name it; deliveries to it are blocked until it is enabled.
      </Alert>
    );
  }
  if (readiness.state !== "not_ready") return null;
  const count = readiness.reasons.length;
  return (
    <Alert
      tone="failed"
      role="status"
      icon={<GateGlyph name="blocked" />}
      title={count > 1 ? `Not ready, for ${plural(count, "reason")}:` : "Not ready:"}
      action={
        <Button size="xs" onClick={() => status.refetch()} pending={status.isFetching}>
          Check again
        </Button>
      }
    >
      {andWords(readiness.reasons) || "the server gave no reason"}. Deliveries wait as blocked; nothing is
      lost.
      {edited ? " This is about what is saved, not yet about your changes." : ""}
    </Alert>
  );
}
