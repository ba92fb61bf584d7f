"use client";

import { clockTime } from "@/components/layout/format-time";
import { useTimeZone } from "@/components/layout/time-zone";
import { useNow } from "@/components/layout/use-now";
import { RedactedText } from "@/components/state/redacted-text";
import { Alert } from "@/components/ui/alert";
import type { DestinationActivityWire } from "@/lib/contracts/destination-activity";

/** What holds the deliveries of a destination back at this moment, and until when. Nothing while nothing does. */
export function CircuitNote({ activity }: { activity: DestinationActivityWire }) {
  const timeZone = useTimeZone();
  const now = useNow("second");
  const { circuit, circuit_opened_at_ms, next_try_at_ms, disabled_reason } = activity;
  const isAhead = next_try_at_ms !== null && (now === null || next_try_at_ms > now);
  const at = isAhead ? clockTime(next_try_at_ms, timeZone, "second") : null;
  if (disabled_reason) {
    return (
      <Alert tone="failed" title="Stopped automatically.">
        <RedactedText text={disabled_reason.replace(/\.$/, "")} />. A test that goes through lifts it.
      </Alert>
    );
  }
  if (circuit === "open") {
    const since = circuit_opened_at_ms && clockTime(circuit_opened_at_ms, timeZone, "minute");
    return (
      <Alert tone="failed" title={since ? `Not answering since ${since}.` : "Not answering."}>
        Five attempts in a row failed, so deliveries wait; nothing is lost and no attempt is used up.{" "}
        {at ? `One is tried at ${at}` : "The next one that is due is tried"}; a test that goes through lets
        all of them go.
      </Alert>
    );
  }
  if (circuit === "half_open") {
    return (
      <Alert tone="waiting" title="Trying one delivery.">
        If it is accepted, the others follow.
      </Alert>
    );
  }
  if (at) {
    return (
      <Alert tone="waiting" title={`It asked to be left alone until ${at}.`}>
        Deliveries wait; nothing is lost.
      </Alert>
    );
  }
  return null;
}
