import type { RouteMatch } from "./config";
import type { ConditionField } from "./route-condition";
import type { RouteContext } from "./routing";
import { confidenceRank, levelRank, riskRank } from "./severity";
import { normaliseKey } from "./text";

type Value = string | number | null | undefined;
type FieldRule = {
  /** The equality list of the contract, where there is one. */
  list?: keyof RouteMatch;
  read: (context: RouteContext) => Value | readonly string[];
  /** The place of a value in the field's order; 0 when it has none. */
  rank?: (word: string) => number;
};

/** How each field is read of a record. The contract's 14 have a list on the route; the last five are ours. */
export const fieldRules: Readonly<Record<ConditionField, FieldRule>> = {
  event_type: { list: "matchEventTypes", read: (c) => c.eventType },
  source: { list: "matchSources", read: (c) => c.source },
  component: { list: "matchComponents", read: (c) => c.component },
  risk_level: { list: "matchRiskLevels", read: (c) => c.riskLevel, rank: riskRank },
  risk_category: { list: "matchRiskCategories", read: (c) => c.riskCategory },
  confidence: { list: "matchConfidence", read: (c) => c.confidence, rank: confidenceRank },
  expected_destination: { list: "matchExpectedDestinations", read: (c) => c.expectedDestination },
  project_id: { list: "matchProjectIds", read: (c) => c.projectId },
  log_source_id: { list: "matchLogSourceIds", read: (c) => c.logSourceId },
  source_kind: { list: "matchSourceKinds", read: (c) => c.sourceKind },
  tenant_id: { list: "matchTenantIds", read: (c) => c.tenantId },
  workspace_id: { list: "matchWorkspaceIds", read: (c) => c.workspaceId },
  event_schema_version: { list: "matchEventSchemaVersions", read: (c) => c.eventSchemaVersion },
  route_tags: { list: "matchRouteTags", read: (c) => c.routeTags },
  title: { read: (c) => c.title },
  level: { read: (c) => c.level, rank: levelRank },
  repo: { read: (c) => c.repo },
  occurrence_count: { read: (c) => c.occurrenceCount, rank: countRank },
  provenance: { read: (c) => c.provenance },
};

/** Counts start at 1, so that 0 says "none" as it does for words. */
function countRank(word: string): number {
  return /^\d{1,15}$/.test(word) ? Number(word) : 0;
}

/** What a record has in each field, read when first asked for. A field has no value, one, or (tags) several. */
export type RouteFacts = {
  readonly context: RouteContext;
  /** In comparison form: trimmed, ASCII lower case. */
  keys: (field: ConditionField) => readonly string[];
  /** As they were written, trimmed. */
  texts: (field: ConditionField) => readonly string[];
  /** Either of them as a trace shows it; null when there is nothing. */
  shown: (field: ConditionField, as: "keys" | "texts") => string | null;
};

const none: readonly string[] = [];

export function factsOf(context: RouteContext): RouteFacts {
  const keys: Partial<Record<ConditionField, readonly string[]>> = {};
  const texts: Partial<Record<ConditionField, readonly string[]>> = {};
  const shown: Record<"keys" | "texts", Partial<Record<ConditionField, string | null>>> = {
    keys: {},
    texts: {},
  };
  const facts: RouteFacts = {
    context,
    keys: (field) => {
      const known = keys[field];
      if (known) return known;
      const read = fieldRules[field].read(context);
      const found = typeof read === "string" ? keyList(read) : asTexts(read).flatMap(keyList);
      keys[field] = found;
      return found;
    },
    texts: (field) => {
      texts[field] ??= asTexts(fieldRules[field].read(context));
      return texts[field];
    },
    shown: (field, as) => {
      const known = shown[as][field];
      if (known !== undefined) return known;
      const words = facts[as](field).join(", ") || null;
      shown[as][field] = words;
      return words;
    },
  };
  return facts;
}

function keyList(text: string): readonly string[] {
  const key = normaliseKey(text);
  return key === null ? none : [key];
}

function asTexts(value: Value | readonly string[]): readonly string[] {
  if (value === null || value === undefined) return none;
  const rows = typeof value === "object" ? value : [String(value)];
  return rows.map((row) => row.trim()).filter((row) => row !== "");
}
