import path from "node:path";
import { booleanWord } from "./checks.mjs";

const prefix = "TANDEM_INCIDENT_MONITOR_";

const text = (value) => value;

function absolutePath(value) {
  if (!path.isAbsolute(value)) throw new Error(`"${value}" is not an absolute path; begin it with "/".`);
  return path.normalize(value);
}

function repository(value) {
  if (!/^[\w.-]+\/[\w.-]+$/.test(value)) throw new Error(`"${value}" is not a repository; give owner/name.`);
  return value;
}

/** `none` is a value: no deadline at all. */
function timeoutMs(value) {
  if (/^(none|null)$/i.test(value)) return null;
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(Number(value))) {
    throw new Error(`"${value}" is not a number of milliseconds; give one, or "none" for no deadline.`);
  }
  return Number(value);
}

/** Values for the configuration of an empty database; afterwards the panel decides. */
export const firstBootSettings = [
  { name: `${prefix}ENABLED`, key: "enabled", parse: booleanWord },
  { name: `${prefix}PAUSED`, key: "paused", parse: booleanWord },
  { name: `${prefix}WORKSPACE_ROOT`, key: "workspaceRoot", parse: absolutePath },
  { name: `${prefix}REPO`, key: "repo", parse: repository },
  { name: `${prefix}MCP_SERVER`, key: "mcpServer", parse: text },
  { name: `${prefix}PROVIDER_PREFERENCE`, key: "providerPreference", parse: text },
  { name: `${prefix}PROVIDER_ID`, key: "providerId", parse: text },
  { name: `${prefix}MODEL_ID`, key: "modelId", parse: text },
  { name: `${prefix}AUTO_CREATE_NEW_ISSUES`, key: "autoCreateNewIssues", parse: booleanWord },
  {
    name: `${prefix}REQUIRE_APPROVAL_FOR_NEW_ISSUES`,
    key: "requireApprovalForNewIssues",
    parse: booleanWord,
  },
  {
    name: `${prefix}AUTO_COMMENT_ON_MATCHED_OPEN_ISSUES`,
    key: "autoCommentOnMatchedOpenIssues",
    parse: booleanWord,
  },
  { name: `${prefix}TRIAGE_TIMEOUT_MS`, key: "triageTimeoutMs", parse: timeoutMs },
];

/** Only what was given has a key. Mistakes are added to `errors`. */
export function readFirstBoot(source, errors) {
  const values = {};
  for (const { name, key, parse } of firstBootSettings) {
    if (!source[name]) continue;
    try {
      values[key] = parse(source[name]);
    } catch (error) {
      errors.push(`${name}: ${error.message}`);
    }
  }
  return values;
}
