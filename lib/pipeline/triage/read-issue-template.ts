import type { IssueDraftTemplate } from "@/lib/domain/issue-draft-template";
import { readSmallText } from "@/lib/sources/read-small-text";
import type { Context } from "../context";

/** Where a repository says what its issues look like (reference 5.5); the first that is there. */
const templatePaths = [
  ".github/ISSUE_TEMPLATE/bug_report.md",
  ".github/ISSUE_TEMPLATE/bug-report.md",
  ".github/ISSUE_TEMPLATE.md",
];
const bytesMax = 64 * 1024;

/** The repository's own form, if its folder may be read and has one. Only its headings and front matter are used. */
export async function readIssueTemplate(
  ctx: Pick<Context, "services">,
  root: string | null,
): Promise<IssueDraftTemplate | null> {
  if (root === null) return null;
  const { allowedRoots = [], refusedFolders = [] } = ctx.services;
  for (const path of templatePaths) {
    const text = await readSmallText({ workspaceRoot: root, path, allowedRoots, refusedFolders }, bytesMax);
    if (text !== null) return { kind: "repository", path, text };
  }
  return null;
}
