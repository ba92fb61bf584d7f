import type { ConfigIssue } from "@/lib/queries/config";

/** `incident_monitor.routes.0.name` and `routes[0].name` are one path. */
export function issuePath(path: string): string {
  return path.replace(/^incident_monitor\./, "").replaceAll(/\.(\d+)(?=\.|\[|$)/g, "[$1]");
}

/** The issues at or below a path. */
export function issuesUnder(issues: readonly ConfigIssue[], path: string): ConfigIssue[] {
  return issues.filter((issue) => {
    const at = issuePath(issue.path);
    return at === path || at.startsWith(`${path}.`) || at.startsWith(`${path}[`);
  });
}

/** The first message at or below a path, for the line under its field. */
export function messageAt(issues: readonly ConfigIssue[], path: string): string | undefined {
  return issuesUnder(issues, path)[0]?.message;
}
