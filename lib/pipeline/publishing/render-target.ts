import { adapterFor } from "@/lib/destinations/registry";
import { sha256Hex } from "@/lib/digest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import type { Destination, MonitorConfig } from "@/lib/domain/config";
import type { McpServers } from "@/lib/domain/mcp";
import type { PayloadSubject, RenderedPayload } from "@/lib/domain/payload";
import type { Reason } from "@/lib/domain/reason";
import { redactSubject } from "./redact-subject";

export type RenderedTarget = {
  payload: { content: RenderedPayload; digest: string } | null;
  renderError: Reason | null;
};

/** What exactly this destination would get of it, by its own redaction; or why nothing can be rendered. Pure. */
export function renderTarget(
  subject: PayloadSubject,
  destination: Destination,
  config: MonitorConfig,
  mcpServers?: McpServers,
): RenderedTarget {
  const rendered = adapterFor(destination.kind).render(
    destination,
    redactSubject(subject, destination, config),
    mcpServers,
  );
  if (!rendered.ok) return { payload: null, renderError: rendered.reason };
  const digest = sha256Hex(canonicalJson(rendered.payload.content));
  return { payload: { content: rendered.payload, digest }, renderError: null };
}
