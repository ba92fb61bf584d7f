import type { ReactNode } from "react";
import type { ConfigIssue } from "@/lib/queries/config";
import { issuePath, topKey } from "./issue-paths";
import type { LiveCheck } from "./use-config-check";
import { plural } from "./words";

/** The issues of the keys that an object has. */
export function about(issues: readonly ConfigIssue[], section: object): ConfigIssue[] {
  return issues.filter((issue) => Object.hasOwn(section, topKey(issue.path)));
}

/** A fault of another page stops this save too; it has no field here, so it is named. */
export function errorRemark(errors: readonly ConfigIssue[], section: object): string {
  const here = about(errors, section);
  const elsewhere = errors.find((issue) => !here.includes(issue));
  if (elsewhere) return `${issuePath(elsewhere.path)}: ${elsewhere.message}`;
  return `${plural(errors.length, "thing")} to correct first`;
}

export function saveRemark(check: LiveCheck, count: number, remark: ReactNode): ReactNode {
  if (check.failed) return "not checked: the server did not answer";
  if (count === 0) return remark;
  return `${plural(count, "warning")} ${count === 1 ? "does" : "do"} not block saving`;
}
