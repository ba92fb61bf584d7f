import type { PermissionWord, RoleWord, TokenKindWord, UserWire } from "@/lib/contracts/access";
import type { NameOf } from "@/lib/queries/names";

type Worded<V extends string> = { value: V; label: string; help: string };

export const roleChoices: readonly Worded<RoleWord>[] = [
  { value: "viewer", label: "Viewer", help: "Reads everything but who has access." },
  {
    value: "auditor",
    label: "Auditor",
    help: "Reads everything: people, sessions, tokens and the audit too.",
  },
  { value: "triager", label: "Triager", help: "Reads, reports, and works on triage." },
  { value: "approver", label: "Approver", help: "Also approves, denies, publishes and silences." },
  { value: "admin", label: "Admin", help: "Everything: settings, keys, people and tokens too." },
];

export const tokenKindChoices: readonly Worded<TokenKindWord>[] = [
  {
    value: "service",
    label: "Service",
    help: "For pipelines: reports, triages, and publishes what a person or policy has approved.",
  },
  {
    value: "agent",
    label: "Agent",
    help: "For coding agents: reads, reports and works on triage. It sends nothing.",
  },
  {
    value: "admin",
    label: "Admin",
    help: "Everything that an admin may do. Narrow it, or give it an early end.",
  },
];

export const permissionWord: Record<PermissionWord, string> = {
  read: "See records and settings",
  report: "Report failures",
  ingestEvents: "Send runtime events",
  registerSubjects: "Register agents and automations",
  triage: "Run and edit triage",
  decide: "Approve and deny",
  publish: "Publish and retry",
  silence: "Silence",
  delete: "Delete records",
  configure: "Change settings",
  manageKeys: "Manage intake keys",
  testDestination: "Send test events",
  assess: "Measure and reassess governance",
  readAccess: "See people and tokens",
  manageAccess: "Manage people and tokens",
  readAudit: "Read, export and verify the audit",
  breakGlass: "Break the glass in an emergency",
  reviewBreakGlass: "Review a broken glass",
};

export const roleWord = (role: string | undefined): string =>
  roleChoices.find((choice) => choice.value === role)?.label ?? role ?? "none";
export const kindWord = (kind: string): string =>
  tokenKindChoices.find((choice) => choice.value === kind)?.label ?? kind;

/** "Approver" or "Viewer, Approver on Shop" or "Approver on Shop and 2 more". */
export function rolesWords(
  { role, project_roles }: Pick<UserWire, "role" | "project_roles">,
  name: NameOf,
): string {
  const projects = Object.entries(project_roles).sort(([left], [right]) => left.localeCompare(right));
  const [first, ...more] = projects;
  const rest = more.length > 0 ? ` and ${more.length} more` : "";
  const onProjects = first ? `${roleWord(first[1])} on ${name.project(first[0])}${rest}` : "";
  return [role ? roleWord(role) : "", onProjects].filter(Boolean).join(", ") || "No role";
}

/** A browser's own name out of what it says it is; the whole text stays on hover. */
export function browserWord(userAgent: string | undefined): string {
  if (!userAgent) return "An unknown browser";
  const system = /Windows|Macintosh|Android|iPhone|iPad|Linux/.exec(userAgent)?.[0] ?? "";
  const name =
    ["Edg", "OPR", "Firefox", "Chrome", "Safari", "curl"].find((each) => userAgent.includes(each)) ?? "";
  const names: Record<string, string> = { Edg: "Edge", OPR: "Opera", Macintosh: "Mac" };
  const said = [name, system].filter(Boolean).map((each) => names[each] ?? each);
  return said.length > 0 ? said.join(" on ") : userAgent.slice(0, 40);
}
