import { sourceWords } from "@/components/state/source-words";
import { type StateName, stateOf } from "@/components/state/state-map";
import type { DraftWire } from "@/lib/contracts/draft";
import type { NameOf } from "@/lib/queries/names";

/** The one state a row shows; the first that holds (D-04), told by the facets and not by the wire's word. */
export function draftState(draft: DraftWire): StateName {
  const { approval } = draft.facets;
  if (approval === "denied") return "denied";
  if (["required", "voided", "expired"].includes(approval)) {
    return stateOf("approval", approval) ?? "approvalDue";
  }
  const delivery = draft.newest_delivery && stateOf("delivery", draft.newest_delivery.state);
  if (delivery) return delivery;
  if (draft.held) return "held";
  const { triage } = draft.facets;
  if (triage !== "none" && triage !== "ready" && triage !== "blocked")
    return stateOf("triage", triage) ?? "ready";
  return approval === "granted" ? "approved" : "ready";
}

/** Where it came from, in the row's few words. */
export function draftSource(draft: DraftWire, name: NameOf): string {
  if (draft.component) return draft.component;
  if (draft.project_id) return name.project(draft.project_id);
  return draft.source ? sourceWords(draft.source) : draft.event_type;
}

const provenances: Record<string, string> = {
  report: "by API",
  operator: "by a person",
  intake_key: "by a key",
  log_source: "from a log",
  runtime_event: "from the runtime",
  self_monitoring: "by this monitor",
  security: "by a security check",
};

/** How a report came in: "by API", "from a log". */
export function provenanceWords(provenance: string): string {
  if (Object.hasOwn(provenances, provenance)) return provenances[provenance] ?? provenance;
  return provenance.replaceAll("_", " ");
}

/** The first eight characters after an id's prefix: enough to tell records apart by eye. */
export function shortId(id: string): string {
  return (id.split(/[-_]/).at(-1) ?? id).slice(0, 8);
}

/** "4be1…d07a": the ends of a digest. */
export function shortDigest(digest: string): string {
  return digest.length > 12 ? `${digest.slice(0, 4)}…${digest.slice(-4)}` : digest;
}

/** "1 payload", "3 payloads". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** "a", "a and b", "a, b and c". */
export function listWords(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** Whole hours as people say a time limit: "72 h", under an hour "40 min". */
export function limitWords(ms: number): string {
  if (ms < 3_600_000) return `${Math.max(1, Math.round(ms / 60_000))}\u00a0min`;
  return `${Math.ceil(ms / 3_600_000)}\u00a0h`;
}

/** A stored reason as a part of a sentence: first letter small unless it begins a name. */
export function clause(message: string): string {
  const text = message.replace(/[.]$/, "");
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** Reasons as one sentence part: "risk is critical; route Payments says always". */
export function reasonWords(reasons: readonly { message: string }[]): string {
  return reasons.map(({ message }) => clause(message)).join("; ");
}

/** Several reasons as sentences of their own. */
export function reasonSentences(reasons: readonly { message: string }[]): string {
  return reasons.map(({ message }) => `${message.replaceAll("`", "").replace(/[.]$/, "")}.`).join(" ");
}
