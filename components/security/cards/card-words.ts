import type {
  CardFieldWire,
  DeploymentCardWire,
  StoredCardMetadataWire,
} from "@/lib/contracts/deployment-card";

type Kind = DeploymentCardWire["card_kind"];

export const kindWords: Record<Kind, string> = {
  tandem_self_monitoring: "The monitor itself",
  automation: "Automations",
  workflow: "Workflows",
  monitored_source: "Projects and log sources",
};

export const boundaryWords: Record<DeploymentCardWire["system_boundary"], string> = {
  tandem_self_monitoring: "This monitor",
  tandem_runtime: "A runtime beside it",
  tandem_control_plane: "Agents and their control plane",
  customer_owned_system: "A system of the customer",
};

/** "Billing / worker": the log sources of a project have its name, and would all be called the same. */
export function targetName({ kind, id, name }: DeploymentCardWire["target"]): string {
  const source = kind === "log_source" ? id.slice(id.indexOf("/") + 1) : "";
  return source ? `${name} / ${source}` : name;
}

export type CardForm = {
  field: Exclude<CardFieldWire, "review_cadence_days" | "next_reassessment_at_ms">;
  label: string;
  help?: string;
  /** One entry a line. */
  lines?: true;
};

/** In the order of asking: what it is for, who answers, what it may do, what is known against it. */
export const cardForms: readonly CardForm[] = [
  { field: "intended_purpose", label: "Intended purpose", help: "What it is for, in a sentence." },
  { field: "business_owner", label: "Business owner", help: "Who decides whether it runs at all." },
  { field: "accountable_team", label: "Accountable team", help: "Who keeps it working." },
  {
    field: "autonomy_level",
    label: "Autonomy level",
    help: "What it does by itself: proposes, acts after approval, acts alone.",
  },
  { field: "data_classification", label: "Data classification", help: "The most sensitive data it touches." },
  { field: "approval_protocol", label: "Approval protocol", help: "Who approves what, before it acts." },
  {
    field: "escalation_protocol",
    label: "Escalation protocol",
    help: "Who is called, in which order, when it fails.",
  },
  { field: "allowed_actions", label: "Allowed actions", lines: true },
  { field: "prohibited_actions", label: "Prohibited actions", lines: true },
  { field: "known_limitations", label: "Known limitations", lines: true },
  { field: "residual_risks", label: "Residual risks", lines: true },
  {
    field: "evidence_refs",
    label: "Evidence",
    help: "Where the proof lies: documents, tickets.",
    lines: true,
  },
];

export const fieldWords = (field: CardFieldWire): string => {
  if (field === "review_cadence_days") return "Review cadence";
  if (field === "next_reassessment_at_ms") return "Next review by";
  return cardForms.find((each) => each.field === field)?.label ?? field;
};

/** What a person typed, before it is sent: a text a field, entries a line each. */
export type CardEntries = Record<CardForm["field"], string> & { cadence: number | undefined; next: string };

export function entriesOf(metadata: StoredCardMetadataWire | null): CardEntries {
  const texts = cardForms.map(({ field }) => {
    const said = metadata?.[field];
    return [field, Array.isArray(said) ? said.join("\n") : (said ?? "")];
  });
  const next = metadata?.next_reassessment_at_ms;
  return {
    ...(Object.fromEntries(texts) as Record<CardForm["field"], string>),
    cadence: metadata?.review_cadence_days ?? undefined,
    next: next ? new Date(next).toISOString().slice(0, 10) : "",
  };
}

export function metadataOf({ cadence, next, ...texts }: CardEntries): StoredCardMetadataWire {
  const said = cardForms.map(({ field, lines }) => [
    field,
    lines
      ? texts[field]
          .split("\n")
          .map((each) => each.trim())
          .filter(Boolean)
      : texts[field].trim() || null,
  ]);
  return {
    ...(Object.fromEntries(said) as Omit<
      StoredCardMetadataWire,
      "review_cadence_days" | "next_reassessment_at_ms"
    >),
    review_cadence_days: cadence ?? null,
    next_reassessment_at_ms: next ? Date.parse(`${next}T00:00:00Z`) : null,
  };
}

/** A value of a version, for its difference. */
export function saidWords(field: CardFieldWire, value: string | number | string[] | null): string[] {
  if (value === null || (Array.isArray(value) && value.length === 0)) return [];
  if (Array.isArray(value)) return value;
  if (field === "next_reassessment_at_ms") return [new Date(Number(value)).toISOString().slice(0, 10)];
  if (field === "review_cadence_days") return [`every ${value} days`];
  return String(value).split("\n");
}
