import type { IdentityPart } from "./fingerprint";
import { type Grouping, regroup } from "./grouping";

/** An incident as a rule looks at it, with the values of the attribute that the rule would add. */
export type PlannedIncident = {
  incidentId: string;
  scopeKey: string;
  version: number;
  fingerprint: string;
  parts: IdentityPart[];
  /** What leads it; itself where nothing does. */
  leadId: string;
  occurrenceCount: number;
  values: readonly { value: string | null; count: number }[];
};

export type GroupingPlan = {
  /** Goes on under another identity. */
  continued: { incidentId: string; from: string; fingerprint: string; parts: IdentityPart[] }[];
  /** Would be one incident: the first seen leads. */
  merged: { leadId: string; memberIds: string[]; parts: IdentityPart[] }[];
  /** Goes on with its most frequent value; sightings with another one would begin an incident of their own. */
  split: { incidentId: string; values: { value: string | null; count: number }[] }[];
  untouched: number;
};

/**
 * What a rule would do to incidents, given in the order in which they were first seen. Decides from their identities alone,
 * writes nothing. An identity that several would share is kept by the first that has or gets it, and the others' leads merge
 * into that one's.
 */
export function planGrouping(
  incidents: readonly PlannedIncident[],
  attribute: string | null,
  projectId: string | null,
  rule: Grouping,
  sha256: (text: string) => string,
): GroupingPlan {
  const plan: GroupingPlan = { continued: [], merged: [], split: [], untouched: 0 };
  const groups = new Map<string, { incident: PlannedIncident; parts: IdentityPart[]; value: string }[]>();
  for (const incident of incidents) {
    const own = attribute === null ? null : (incident.values[0]?.value ?? null);
    const facts: Record<string, string> = attribute !== null && own !== null ? { [attribute]: own } : {};
    const place = { projectId, scopeKey: incident.scopeKey };
    const { parts, value } = regroup(
      { version: incident.version, value: incident.fingerprint, parts: incident.parts },
      place,
      facts,
      rule,
      sha256,
    );
    if (value === incident.fingerprint) plan.untouched += 1;
    else if (incident.values.length > 1)
      plan.split.push({ incidentId: incident.incidentId, values: [...incident.values] });
    const key = `${incident.scopeKey}\n${incident.version}\n${value}`;
    const same = groups.get(key);
    if (same) same.push({ incident, parts, value });
    else groups.set(key, [{ incident, parts, value }]);
  }
  const leads = new Leads();
  for (const group of groups.values()) {
    const holder = group.find((each) => each.incident.fingerprint === each.value) ?? group[0];
    if (!holder) continue;
    if (holder.incident.fingerprint !== holder.value)
      plan.continued.push({
        ...{ incidentId: holder.incident.incidentId, from: holder.incident.fingerprint },
        ...{ fingerprint: holder.value, parts: holder.parts },
      });
    for (const each of group)
      leads.unite(group[0]?.incident.leadId ?? "", each.incident.leadId, holder.parts);
  }
  plan.merged = leads.merges(incidents);
  return plan;
}

/** Leads that would be one, however many identities they meet by. */
class Leads {
  readonly #parent = new Map<string, string>();
  readonly #parts = new Map<string, IdentityPart[]>();

  unite(left: string, right: string, parts: IdentityPart[]): void {
    const [a, b] = [this.#rootOf(left), this.#rootOf(right)];
    if (a === b) return;
    this.#parent.set(b, a);
    this.#parts.set(a, parts);
  }

  merges(incidents: readonly PlannedIncident[]): GroupingPlan["merged"] {
    const byRoot = new Map<string, string[]>();
    for (const id of new Set(incidents.map((each) => each.leadId))) {
      const root = this.#rootOf(id);
      byRoot.set(root, [...(byRoot.get(root) ?? []), id]);
    }
    return [...byRoot].flatMap(([root, [leadId, ...memberIds]]) =>
      leadId && memberIds.length > 0 ? [{ leadId, memberIds, parts: this.#parts.get(root) ?? [] }] : [],
    );
  }

  #rootOf(id: string): string {
    let root = id;
    for (let next = this.#parent.get(root); next !== undefined; next = this.#parent.get(root)) root = next;
    return root;
  }
}
