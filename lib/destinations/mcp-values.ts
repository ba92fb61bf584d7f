import type { Destination } from "@/lib/domain/config";
import type { PlaceholderValues } from "@/lib/domain/mcp-placeholders";
import type { PayloadSubject } from "@/lib/domain/payload";
import { boundText, defaultJsonBounds } from "./bounded-json";
import type { PinnedTool } from "./mcp-payload";
import { draftPayload } from "./payload-parts";

/** What a draft and its incident are called while a call is under way: anything else would change the frozen bytes. */
const statusWhileCalling = { draft: "mcp_tool_calling", incident: "draft_created" };

const bounds = {
  ...{ detailMax: 8_000, excerptLineCount: 0, excerptLineMax: 0, evidenceRefCount: 40 },
  json: defaultJsonBounds,
};

/** What each placeholder stands for; what the record does not have is not there. */
export function placeholderValues(
  destination: Destination,
  subject: PayloadSubject,
  mcp: PinnedTool,
  targetRef: string,
): PlaceholderValues {
  const { draft, incident, route } = subject;
  const attributes = { approval_state: draft.attributes.approval_state };
  const drafted = { ...draftPayload(draft, bounds), ...attributes };
  const values = new Map<string, string | readonly string[]>();
  const put = (root: string, names: Readonly<Record<string, unknown>>) => {
    for (const [name, value] of Object.entries(names)) {
      if (typeof value === "string") values.set(`$${root}.${name}`, boundText(value, 8_000));
      else if (Array.isArray(value)) values.set(`$${root}.${name}`, value.map(String));
    }
  };
  put("draft", { ...drafted, id: draft.draftId, status: statusWhileCalling.draft });
  put("incident", {
    ...drafted,
    id: incident.incidentId,
    incident_id: incident.incidentId,
    title: incident.title,
    event_type: incident.eventType,
    status: statusWhileCalling.incident,
  });
  put("destination", {
    id: destination.destinationId,
    kind: destination.kind,
    route_id: route.routeId,
    route_match_reason: route.routeMatchReason,
    target_ref: targetRef,
  });
  const { server, tool, namespaced_tool, schema_hash } = mcp;
  put("mcp", { server, tool, namespaced_tool, schema_hash });
  put("evidence", { digest: draft.evidenceDigest });
  return values;
}
