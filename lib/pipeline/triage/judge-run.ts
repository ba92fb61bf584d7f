import { loadConfig } from "@/lib/db/config-store";
import type { IssueDraftTemplate } from "@/lib/domain/issue-draft-template";
import type { Draft } from "@/lib/domain/records";
import type { TriageEdit, TriageRun } from "@/lib/domain/triage-run";
import type { Context } from "../context";
import { type JudgedTriage, judgeTriage } from "./judge-triage";
import { redactingOf } from "./make-artifact";
import { readDone, readRoot, readSubject } from "./read-ground";
import { readIssueTemplate } from "./read-issue-template";

/** Reads everything a run is judged by, and judges it. Nothing is written. */
export async function judgeRun(
  ctx: Context,
  draft: Draft,
  run: TriageRun,
  /** `template`: instead of the one in force, for looking at it. */
  given: { edits?: readonly TriageEdit[]; template?: IssueDraftTemplate | null } = {},
): Promise<JudgedTriage> {
  const [subject, done] = await Promise.all([readSubject(ctx, draft), readDone(ctx, run)]);
  const template = given.template === undefined ? await templateInForce(ctx, draft) : given.template;
  const edits = given.edits ?? run.edits ?? [];
  return judgeTriage({ run, draft, subject, done, template, edits, nowMs: ctx.nowMs });
}

async function templateInForce(ctx: Context, draft: Draft): Promise<IssueDraftTemplate | null> {
  const config = await loadConfig(ctx.db);
  const { root } = await readRoot(ctx, config, draft);
  const { projectId } = draft.content;
  return readIssueTemplate(ctx, { config, projectId, root, redacting: redactingOf(config, draft) });
}
