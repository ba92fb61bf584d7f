import type { DestinationReviewWire } from "@/lib/contracts/review";

/** What publishing does at a destination, and how it behaves when it is tried twice. */
export function publishHelp({ kind, post }: DestinationReviewWire): string {
  const again = post ? "Tried before and not arrived. " : "";
  switch (kind) {
    case "webhook":
      return `${again}One signed POST; retries reuse body and key.`;
    case "telemetry":
      return `${again}One local record, written together with its receipt.`;
    case "github_issue":
    case "linear_issue":
      return `${again}Creates one issue, after looking for our own marker.`;
    case "mcp_tool":
      return `${again}Calls the tool once.`;
    case "internal_memory":
      return `${again}Writes one memory record.`;
  }
}
