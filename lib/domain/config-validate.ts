import { type Destination, effectiveDestinations, type MonitorConfig } from "./config";
import {
  validateId,
  validateMcpServer,
  validateModelPolicy,
  validateRepo,
  warnRootNotAllowed,
} from "./config-field-rules";
import { type ConfigChecks, Findings, type Issue } from "./config-issue";
import { checkWebhookUrl, isSecretReference, resolvePath } from "./config-syntax";
import { validateApprovers } from "./config-validate-approvers";
import { validateProjects } from "./config-validate-projects";
import { validateRedaction } from "./config-validate-redaction";
import { validateRetention } from "./config-validate-retention";
import { validateRoutes, warnUnknownDestinations } from "./config-validate-routes";
import { riskRank } from "./severity";
import { testReceiverUrl } from "./test-receiver";

const urlFaults = {
  url_invalid: "is not a URL",
  url_scheme: "must be an https (or http) URL",
  url_credentials: "must not carry a user name or password",
  url_masked: "is the shortened form that is shown to those who may not configure; give the whole URL",
};

/**
 * May this (normalised) configuration be stored? Errors refuse it; warnings are saved with, and block later, at
 * readiness (D-18).
 */
export function validateConfig(
  config: MonitorConfig,
  checks: ConfigChecks = {},
): { errors: Issue[]; warnings: Issue[] } {
  const found = new Findings();
  const destinationIds = new Set(effectiveDestinations(config).map((row) => row.destinationId));
  validateGlobals(config, checks, found);
  validateDestinations(config.destinations, checks, found);
  if (config.destinations.length > 0) warnMcpFaults(effectiveDestinations(config), checks, found);
  validateRoutes(config, destinationIds, found);
  warnUnknownDestinations("default_destination_ids", config.defaultDestinationIds, destinationIds, found);
  validateProjects(config, destinationIds, checks, found);
  validateApprovers(config, checks, found);
  validateRedaction(config, found);
  validateRetention(config, found);
  return { errors: found.errors, warnings: found.warnings };
}

function validateGlobals(config: MonitorConfig, checks: ConfigChecks, found: Findings): void {
  validateRepo("repo", config.repo, found);
  if (config.workspaceRoot !== undefined) {
    const root = resolvePath(config.workspaceRoot);
    if (root !== null) warnRootNotAllowed("workspace_root", root, checks, found);
    else
      found.warn("workspace_root", "workspace_root_relative", "The workspace root is not an absolute path.");
  }
  validateMcpServer("mcp_server", config.mcpServer, checks, found);
  validateModelPolicy("model_policy", config.modelPolicy, found);
  const level = config.safetyDefaults.minimumRiskLevel;
  if (level !== undefined && riskRank(level) === 0) {
    const path = "safety_defaults.minimum_risk_level";
    found.warn(path, "risk_level_unknown", "Not a known risk level: it raises nothing.");
  }
}

function validateDestinations(rows: readonly Destination[], checks: ConfigChecks, found: Findings): void {
  const seen = new Set<string>();
  rows.forEach((row, index) => {
    const path = `destinations[${index}]`;
    validateId(`${path}.destination_id`, row.destinationId, seen, found);
    validateRepo(`${path}.repo`, row.repo, found);
    validateMcpServer(`${path}.mcp_server`, row.mcpServer, checks, found);
    validateWebhookUrl(path, row, found);
    validateSecretReference(path, row, checks, found);
  });
}

/** A tool may change any day: what it does not take now is worth knowing, and blocks at readiness. */
function warnMcpFaults(rows: readonly Destination[], checks: ConfigChecks, found: Findings): void {
  rows.forEach((row, index) => {
    if (row.kind !== "mcp_tool") return;
    for (const { path, code, message } of checks.mcpFaults?.(row) ?? []) {
      found.warn(`destinations[${index}].${path}`, code, message);
    }
  });
}

function validateWebhookUrl(path: string, row: Destination, found: Findings): void {
  if (row.webhookUrl === undefined || leadsToTestReceiver(row)) return;
  const url = checkWebhookUrl(row.webhookUrl);
  if (!url.ok) {
    found.error(`${path}.webhook_url`, url.code, `webhook_url ${urlFaults[url.code]}`);
  } else if (url.insecure && row.config?.allow_insecure_http !== true) {
    const message = "Plain http is refused when publishing, unless config.allow_insecure_http is set.";
    found.warn(`${path}.webhook_url`, "url_insecure", message);
  }
}

/** Of a webhook alone: for any other kind that name is no address. */
const leadsToTestReceiver = (row: Destination) =>
  row.kind === "webhook" && row.webhookUrl === testReceiverUrl;

/** A reference is never quoted back: messages end up in logs and records. */
function validateSecretReference(
  path: string,
  row: Destination,
  checks: ConfigChecks,
  found: Findings,
): void {
  const at = `${path}.webhook_secret_ref`;
  if (row.webhookSecretRef === undefined) {
    if (lostSecretReference(row, checks)) {
      const message = "The URL leads elsewhere now: give the secret reference again to use it there.";
      found.warn(at, "secret_reference_required", message);
    } else if (row.kind === "webhook" && row.enabled && !leadsToTestReceiver(row)) {
      found.warn(at, "secret_reference_missing", "Without a secret reference nothing can be signed.");
    }
    return;
  }
  if (!isSecretReference(row.webhookSecretRef)) {
    found.error(at, "secret_reference_invalid", "Write env:NAME, a bare NAME in capitals, or file:name.");
    return;
  }
  const state = checks.secretState?.(row.webhookSecretRef) ?? "set";
  if (state === "unset") found.warn(at, "secret_unset", "The secret it names has no value on this host.");
  if (state === "refused")
    found.warn(at, "secret_refused", "This host does not let the secret it names be used.");
}

/** Did the row have a secret for another origin, and is it now without one (D-33)? */
function lostSecretReference(row: Destination, checks: ConfigChecks): boolean {
  const stored = checks.stored?.destinations.find((old) => old.destinationId === row.destinationId);
  if (!stored?.webhookSecretRef || !stored.webhookUrl || !row.webhookUrl) return false;
  return originOf(stored.webhookUrl) !== originOf(row.webhookUrl);
}

function originOf(text: string): string {
  const url = checkWebhookUrl(text);
  return url.ok ? url.origin : text;
}
