import type { SourceBinding } from "./source-binding";
import { normaliseKey } from "./text";

export type FindingSeverity = "low" | "medium" | "high";
export type ReadinessFlag = "governance" | "lineage" | "freshness" | "schema" | "protection";

export type SourceFault = {
  rule: string;
  category: string;
  severity: FindingSeverity;
  flag: ReadinessFlag | null;
  title: string;
  detail: string;
  recommendation: string;
  missing?: string[];
  /** Names of the settings looked at; never their values, which may be paths or authorization markers (case 141). */
  fields: string[];
};

export type SourceMoment = {
  lastObservedAtMs: number | null;
  staleAfterMs: number | null;
  healthy: boolean;
  nowMs: number;
};

/** The sixteen rules of contract 5.2, in its order. Nothing found means that the source is ready. */
export function findSourceFaults(binding: SourceBinding, moment: SourceMoment): SourceFault[] {
  return [
    ...governanceFaults(binding),
    ...lineageFaults(binding),
    ...freshnessFaults(binding, moment),
    ...schemaFaults(binding),
    ...protectionFaults(binding),
    ...(moment.healthy ? [] : [unhealthy]),
  ];
}

const governanceFields = [
  { key: "sourceOwner", name: "source_owner", severity: "medium", words: "No source owner is named" },
  {
    key: "systemOfRecord",
    name: "system_of_record",
    severity: "medium",
    words: "No system of record is named",
  },
  {
    key: "dataClassification",
    name: "data_classification",
    severity: "high",
    words: "The data is not classified",
  },
  { key: "allowedUse", name: "allowed_use", severity: "high", words: "The allowed use is not stated" },
] as const;

function governanceFaults(binding: SourceBinding): SourceFault[] {
  const found: SourceFault[] = [];
  for (const { key, name, severity, words } of governanceFields) {
    if (isGiven(binding.dataReadiness[key])) continue;
    found.push({
      rule: "source_governance_metadata_missing",
      category: "source_governance",
      severity,
      flag: "governance",
      title: words,
      detail: `The source's data readiness has no ${name}.`,
      recommendation: `Set data_readiness.${name} on the project or the log source.`,
      missing: [name],
      fields: [`data_readiness.${name}`],
    });
  }
  const boundary = [
    ...(isGiven(binding.tenantId) ? [] : ["tenant_id"]),
    ...(isGiven(binding.workspaceId) ? [] : ["workspace_id"]),
  ];
  if (boundary.length > 0) {
    found.push({
      rule: "source_boundary_context_missing",
      category: "source_boundary",
      severity: "high",
      flag: "governance",
      title: "Tenant or workspace is not set",
      detail: `Records of this source carry no ${boundary.join(" and no ")}.`,
      recommendation: "Set tenant_id and workspace_id on the project or the log source.",
      missing: boundary,
      fields: boundary,
    });
  }
  if (!isGiven(binding.dataReadiness.legalBasis) && !isGiven(binding.dataReadiness.authorizationMarker)) {
    found.push({
      rule: "source_authorization_missing",
      category: "source_governance",
      severity: "high",
      flag: "governance",
      title: "Neither a legal basis nor an authorization is recorded",
      detail: "Nothing says that this source's data may be used.",
      recommendation: "Set data_readiness.legal_basis or data_readiness.authorization_marker.",
      missing: ["legal_basis_or_authorization_marker"],
      fields: ["data_readiness.legal_basis", "data_readiness.authorization_marker"],
    });
  }
  return found;
}

function lineageFaults({ dataReadiness }: SourceBinding): SourceFault[] {
  if (isGiven(dataReadiness.sourceOfTruth) || isGiven(dataReadiness.lineageRef)) return [];
  return [
    {
      rule: "source_lineage_missing",
      category: "source_lineage",
      severity: "high",
      flag: "lineage",
      title: "The origin of the data is not recorded",
      detail: "Neither a source of truth nor a lineage reference is set.",
      recommendation: "Set data_readiness.source_of_truth or data_readiness.lineage_ref.",
      missing: ["source_of_truth_or_lineage_ref"],
      fields: ["data_readiness.source_of_truth", "data_readiness.lineage_ref"],
    },
  ];
}

function freshnessFaults(
  { dataReadiness }: SourceBinding,
  { lastObservedAtMs, staleAfterMs, nowMs }: SourceMoment,
): SourceFault[] {
  const shared = { category: "source_freshness", flag: "freshness" } as const;
  if (!dataReadiness.freshnessSlaMs) {
    return [
      {
        ...shared,
        rule: "source_freshness_sla_missing",
        severity: "medium",
        title: "No freshness limit is set",
        detail: "Without a limit nobody can tell a quiet source from a dead one.",
        recommendation: "Set data_readiness.freshness_sla_ms.",
        missing: ["freshness_sla_ms"],
        fields: ["data_readiness.freshness_sla_ms"],
      },
    ];
  }
  if (lastObservedAtMs === null) {
    return [
      {
        ...shared,
        rule: "source_freshness_observation_missing",
        severity: "medium",
        title: "No record of this source was ever observed",
        detail: "A freshness limit is set, but neither the configuration nor intake knows a last record.",
        recommendation: "Send a report from this source, or set data_readiness.last_observed_at_ms.",
        missing: ["last_observed_at_ms"],
        fields: ["data_readiness.last_observed_at_ms"],
      },
    ];
  }
  if (staleAfterMs === null || nowMs <= staleAfterMs) return [];
  return [
    {
      ...shared,
      rule: "source_stale",
      severity: "high",
      title: "The source is stale",
      detail: "Its newest record is older than its freshness limit allows.",
      recommendation: "Find out why nothing arrives, or widen data_readiness.freshness_sla_ms.",
      fields: ["data_readiness.freshness_sla_ms", "data_readiness.last_observed_at_ms"],
    },
  ];
}

const acceptedDrift = ["none", "stable", "accepted", "up_to_date", "no_drift"];
const detectedDrift = ["drifted", "drift_detected", "detected", "outdated"];

function schemaFaults({ eventSchemaVersion, dataReadiness }: SourceBinding): SourceFault[] {
  const shared = { category: "source_schema", flag: "schema" } as const;
  const found: SourceFault[] = [];
  const expected = dataReadiness.expectedSchemaVersion;
  if (!isGiven(eventSchemaVersion)) {
    found.push({
      ...shared,
      rule: "source_schema_version_missing",
      severity: "high",
      title: "No event schema version is set",
      detail: "Records of this source do not say which schema they follow.",
      recommendation: "Set event_schema_version on the project or the log source.",
      missing: ["event_schema_version"],
      fields: ["event_schema_version"],
    });
  } else if (isGiven(expected) && normaliseKey(expected) !== normaliseKey(eventSchemaVersion)) {
    found.push({
      ...shared,
      rule: "source_schema_version_mismatch",
      severity: "high",
      title: "The schema version is not the expected one",
      detail: "event_schema_version and data_readiness.expected_schema_version differ.",
      recommendation: "Bring the source to the expected schema, or expect the one it has.",
      fields: ["event_schema_version", "data_readiness.expected_schema_version"],
    });
  }
  const drift = normaliseKey(dataReadiness.schemaDriftStatus);
  const fields = ["data_readiness.schema_drift_status"];
  if (drift === null || !isGiven(drift)) {
    found.push({
      ...shared,
      rule: "source_schema_drift_status_missing",
      severity: "medium",
      title: "Schema drift has not been assessed",
      detail: "data_readiness.schema_drift_status is not set.",
      recommendation: `Set data_readiness.schema_drift_status to one of: ${acceptedDrift.join(", ")}.`,
      missing: ["schema_drift_status"],
      fields,
    });
  } else if (detectedDrift.includes(drift)) {
    found.push({
      ...shared,
      rule: "source_schema_drift_detected",
      severity: "high",
      title: "Schema drift was detected",
      detail: "data_readiness.schema_drift_status says that the schema has drifted.",
      recommendation: "Reconcile the schema, then set the drift status to accepted or no_drift.",
      fields,
    });
  } else if (!acceptedDrift.includes(drift)) {
    found.push({
      ...shared,
      rule: "source_schema_drift_unknown",
      severity: "medium",
      title: "The schema drift status is not recognised",
      detail: "data_readiness.schema_drift_status has a value without a meaning here.",
      recommendation: `Use one of: ${[...acceptedDrift, ...detectedDrift].join(", ")}.`,
      fields,
    });
  }
  return found;
}

function protectionFaults(binding: SourceBinding): SourceFault[] {
  const found: SourceFault[] = [];
  if (!isGiven(binding.redactionProfile)) {
    found.push({
      rule: "source_redaction_profile_missing",
      category: "source_protection",
      severity: "high",
      flag: "protection",
      title: "No redaction profile is chosen",
      detail: "The deployment's default profile is used; nobody chose it for this source.",
      recommendation: "Set redaction_profile on the project or the log source.",
      missing: ["redaction_profile"],
      fields: ["redaction_profile"],
    });
  }
  if (!isGiven(binding.retentionProfile)) {
    found.push({
      rule: "source_retention_profile_missing",
      category: "source_protection",
      severity: "medium",
      flag: "protection",
      title: "No retention profile is chosen",
      detail: "Nothing says how long records of this source are kept.",
      recommendation: "Set retention_profile on the project or the log source.",
      missing: ["retention_profile"],
      fields: ["retention_profile"],
    });
  }
  if (!isGiven(binding.dataReadiness.qualityNotes)) {
    found.push({
      rule: "source_quality_notes_missing",
      category: "source_quality",
      severity: "low",
      flag: null,
      title: "No quality notes are written",
      detail: "Known gaps and oddities of the data are not recorded.",
      recommendation: "Set data_readiness.quality_notes.",
      missing: ["quality_notes"],
      fields: ["data_readiness.quality_notes"],
    });
  }
  return found;
}

const unhealthy: SourceFault = {
  rule: "source_runtime_unhealthy",
  category: "source_freshness",
  severity: "medium",
  flag: null,
  title: "The watcher has trouble reading this source",
  detail: "Its last polls failed.",
  recommendation: "Look at the log source's last error and put right what it names.",
  fields: ["log_watcher"],
};

/** `local` and `null` are what forms and scripts leave behind: as good as nothing. */
function isGiven(value: string | undefined): value is string {
  const text = normaliseKey(value);
  return text !== null && text !== "local" && text !== "null";
}
