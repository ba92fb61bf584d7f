import { sha256Hex } from "@/lib/digest";
import type { MonitorConfig } from "@/lib/domain/config";
import type { IssueDraftTemplate } from "@/lib/domain/issue-draft-template";
import { chooseIssueTemplate } from "@/lib/domain/project-template";
import { findProject } from "@/lib/domain/source-binding";
import { readSmallText } from "@/lib/sources/read-small-text";
import type { Context } from "../context";
import { type Redacting, redactValue } from "./make-artifact";

/** Where a repository says what its issues look like (reference 5.5); the first that is there. */
const templatePaths = [
  ".github/ISSUE_TEMPLATE/bug_report.md",
  ".github/ISSUE_TEMPLATE/bug-report.md",
  ".github/ISSUE_TEMPLATE.md",
];
const bytesMax = 64 * 1024;

type RepositoryFile = Extract<IssueDraftTemplate, { kind: "repository" }>;

/** The repository's own form, if its folder may be read and has one. Only its headings and front matter are used. */
export async function readRepositoryTemplate(
  ctx: Pick<Context, "services">,
  root: string | null,
): Promise<RepositoryFile | null> {
  if (root === null) return null;
  const { allowedRoots = [], refusedFolders = [] } = ctx.services;
  for (const path of templatePaths) {
    const text = await readSmallText({ workspaceRoot: root, path, allowedRoots, refusedFolders }, bytesMax);
    if (text !== null) return { kind: "repository", path, text, sha256: sha256Hex(text) };
  }
  return null;
}

/** A project's own text as issues may have it: what looks like a secret in it is hidden, as everywhere in them (D-14). */
export async function ownTemplate(own: string, redacting: Redacting): Promise<IssueDraftTemplate> {
  const { value } = await redactValue({ text: own }, redacting);
  return { kind: "project", text: value.text, sha256: sha256Hex(own) };
}

/** The form that an issue of this project follows: its own, else the repository's, else (null) the built-in one. */
export async function readIssueTemplate(
  ctx: Pick<Context, "services">,
  of: { config: MonitorConfig; projectId: string | null; root: string | null; redacting: Redacting },
): Promise<IssueDraftTemplate | null> {
  const own = of.projectId ? findProject(of.config, of.projectId)?.issueTemplate : undefined;
  return chooseIssueTemplate(
    own === undefined ? null : await ownTemplate(own, of.redacting),
    own === undefined ? await readRepositoryTemplate(ctx, of.root) : null,
  );
}
