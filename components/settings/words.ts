import type { LogSourceWire, MonitoredProjectWire, RouteWire } from "@/lib/contracts/config";

export type ApprovalPolicy = RouteWire["approval_policy"];
export type SourceKind = MonitoredProjectWire["source_kind"];
type Worded<V extends string> = { value: V; label: string; help: string };

export const approvalPolicies: readonly Worded<ApprovalPolicy>[] = [
  { value: "inherit", label: "Follow the safety defaults", help: "Asks for nothing of its own." },
  { value: "always", label: "Always a person", help: "Whatever the risk and the defaults." },
  {
    value: "high_risk",
    label: "A person for high risk",
    help: "Even while the high-risk default is off.",
  },
  {
    value: "never",
    label: "Never, unless something stricter asks",
    help: "Waives the approval of new issues. High risk and a destination's own rule still ask.",
  },
];

export const approvalWord: Record<ApprovalPolicy, string> = {
  inherit: "safety defaults",
  always: "always",
  high_risk: "high risk",
  never: "never",
};

export const sourceKinds: readonly Worded<SourceKind>[] = [
  { value: "customer_system", label: "Customer system", help: "A service people depend on" },
  { value: "external_app", label: "External app", help: "Somebody else's software" },
  { value: "ci", label: "CI", help: "Builds and test runs" },
  { value: "agent_runtime", label: "Agent runtime", help: "Where agents work" },
  { value: "mcp_gateway", label: "MCP gateway", help: "A tool gateway" },
  { value: "tandem_runtime", label: "Tandem runtime", help: "Workflow and automation runs" },
  { value: "tandem_monitor", label: "This monitor", help: "Its own failures" },
];

export const sourceKindWord = Object.fromEntries(
  sourceKinds.map(({ value, label }) => [value, label]),
) as Record<SourceKind, string>;

export const riskLevels = ["critical", "high", "medium", "low", "info"] as const;

export const logFormats: readonly Worded<LogSourceWire["format"]>[] = [
  { value: "auto", label: "Find out by itself", help: "Line by line: JSON where it is JSON" },
  { value: "json", label: "JSON lines", help: "One object a line" },
  { value: "plaintext", label: "Plain text", help: "Stack traces are put together" },
  { value: "logfmt", label: "logfmt", help: 'level=error msg="it broke" pairs' },
  { value: "syslog", label: "syslog", help: "RFC 3164 and RFC 5424" },
  { value: "cri", label: "Kubernetes (CRI)", help: "The container's lines in the runtime's envelope" },
  { value: "docker", label: "Docker", help: "json-file: the container's lines in Docker's envelope" },
];

export const logFormatWord = Object.fromEntries(
  logFormats.map(({ value, label }) => [value, label]),
) as Record<LogSourceWire["format"], string>;

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "a", "a and b", "a, b and c". */
export function andWords(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}

/** "2 people"; empty where one is enough, as everywhere. */
export const peopleWords = (count: number | undefined): string =>
  count !== undefined && count > 1 ? `${count} people` : "";
