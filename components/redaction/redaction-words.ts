import type { RedactionProfileWire } from "@/lib/contracts/config-safety";
import type { RedactionTestWire } from "@/lib/contracts/redaction";

/** Classes of personal data, each with what it means to whoever chooses it. */
export const personalClasses: readonly {
  value: RedactionProfileWire["personal_data"][number];
  label: string;
  help: string;
}[] = [
  { value: "email", label: "Mail addresses", help: "ada@example.com" },
  { value: "phone_number", label: "Phone numbers", help: "International and North American" },
  { value: "iban", label: "Bank accounts", help: "IBAN, by its check digits" },
  { value: "ip_address", label: "IP addresses", help: "Versions 4 and 6" },
];

export const ruleWord: Record<RedactionTestWire["redactions"][number]["rule"], string> = {
  secret: "a rule for secrets, which always holds",
  personal_data: "the profile's personal data",
  pattern: "a pattern of the profile",
};

const places: Record<string, string> = {
  incidents: "incidents",
  occurrences: "reports",
  drafts: "drafts",
  draft_revisions: "revisions of drafts",
  approvals: "what approvers saw",
  triage_runs: "triage runs",
  evidence: "pieces of evidence",
  quarantine: "lines set aside",
  merges: "merges",
  rekeys: "former identities",
  attempts: "answers of destinations",
  memory: "memory records",
  snapshots: "approved payloads",
  deliveries: "bodies that were sent",
  receipts: "receipts",
  telemetry: "telemetry records",
};

export const placeWord = (place: string) => places[place] ?? place.replaceAll("_", " ");

/** "3 incidents, 2 drafts"; "none" for nothing. */
export function countsWords(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([place, count]) => `${count.toLocaleString("en-GB")} ${placeWord(place)}`);
  return parts.length > 0 ? parts.join(", ") : "none";
}

export const totalOf = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
