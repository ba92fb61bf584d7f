import { durationWords } from "@/components/layout/format-time";
import type { LogSourceWire } from "@/lib/contracts/config";

export type DataReadinessWire = LogSourceWire["data_readiness"];

type ReadinessField = {
  key: keyof DataReadinessWire;
  label: string;
  help: string;
  placeholder?: string;
  /** Of a number: how it is said. */
  words?: (value: number) => string;
};

/** What a source says of its data, in the order of the readiness rules. */
export const readinessFields: readonly ReadinessField[] = [
  { key: "source_owner", label: "Owner", help: "Who answers for this source.", placeholder: "team-payments" },
  {
    key: "system_of_record",
    label: "System of record",
    help: "Where the truth about it is kept.",
    placeholder: "ledger",
  },
  {
    key: "data_classification",
    label: "Classification",
    help: "How sensitive what it sends is.",
    placeholder: "internal",
  },
  {
    key: "allowed_use",
    label: "Allowed use",
    help: "What its records may be used for.",
    placeholder: "failure triage",
  },
  {
    key: "legal_basis",
    label: "Legal basis",
    help: "This or an authorization is needed.",
    placeholder: "contract",
  },
  {
    key: "authorization_marker",
    label: "Authorization",
    help: "The record of who allowed it. No secret.",
    placeholder: "CHG-1842",
  },
  {
    key: "source_of_truth",
    label: "Source of truth",
    help: "This or a lineage reference is needed.",
    placeholder: "orders-db",
  },
  {
    key: "lineage_ref",
    label: "Lineage reference",
    help: "Where the way of the data is written down.",
    placeholder: "lineage/orders",
  },
  {
    key: "expected_schema_version",
    label: "Expected schema version",
    help: "Must equal the schema version, when both are set.",
    placeholder: "2026-06-29",
  },
  { key: "schema_drift_status", label: "Schema drift", help: "As last assessed by a person." },
  {
    key: "freshness_sla_ms",
    label: "Freshness limit",
    help: "Silent for longer than this, it counts as stale.",
    words: durationWords,
  },
  {
    key: "last_observed_at_ms",
    label: "Last observed",
    help: "Only where intake cannot know it.",
    words: (value) => new Date(value).toISOString(),
  },
  {
    key: "quality_notes",
    label: "Quality notes",
    help: "Known gaps and oddities.",
    placeholder: "Retries are reported twice",
  },
];
