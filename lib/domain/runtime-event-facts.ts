import { automationIdOf, runIdOf, workflowIdOf } from "./runtime-event";
import { firstList, firstMessage, firstText, type Properties, truncateBytes } from "./runtime-event-fields";

/** Where runtime failures belong: the deployment's own repository and root, from configuration. */
export type RuntimePlace = { repo: string; workspaceRoot: string };

/** Where in the runtime it failed. `node` may be read out of the reason. */
export type EventIds = {
  workflow?: string;
  automation?: string;
  routine?: string;
  run?: string;
  session?: string;
  task?: string;
  stage?: string;
  node?: string;
};

export const idBytes = 300;
const reasonBytes = 4_000;

const reasonKeys = ["reason", "error", "detail", "message", "summary"];
const taskReasonKeys = ["task.last_error", "task.payload.reason", "task.payload.error"];

/** Why it failed, in the runtime's words. */
export function reasonOf(properties: Properties): string | undefined {
  const reason = firstMessage(properties, [...reasonKeys, ...taskReasonKeys]);
  return reason === undefined ? undefined : truncateBytes(reason, reasonBytes);
}

export function eventIdsOf(properties: Properties, reason: string | undefined): EventIds {
  const id = (...paths: string[]) => firstText(properties, paths, idBytes);
  const bounded = (text: string | undefined) => text && truncateBytes(text, idBytes);
  return {
    workflow: bounded(workflowIdOf(properties)),
    automation: bounded(automationIdOf(properties)),
    routine: id("routine_id", "routine.id"),
    run: bounded(runIdOf(properties)),
    session: id("session_id", "session.id"),
    task: id("task_id", "task.id"),
    stage: id("stage_id", "stage.id"),
    node: id("node_id", "node.id") ?? nodeNamedIn(reason) ?? firstList(properties, ["stale_node_ids"], 1)[0],
  };
}

const outcomesPattern = /\bnode outcomes:\s*[`'"]?([\w.-]+)/i;
const timedOutPattern = /\bautomation node\s+[`'"]?([\w.-]+)[`'"]?\s+timed out\b/i;

/** The node that a runtime's own words name: "node outcomes: X" or "automation node `X` timed out". */
export function nodeNamedIn(reason: string | undefined): string | undefined {
  const named = reason && (outcomesPattern.exec(reason) ?? timedOutPattern.exec(reason));
  return (named && named[1]?.replace(/[.-]+$/, "")) || undefined;
}

/** A reason that only says that a node failed; the node's own event says why. */
export const isAggregateReason = (reason: string | undefined): boolean =>
  reason !== undefined && /\bnode outcomes:/i.test(reason);

const touchedFileKeys = ["files_touched", "touched_files", "changed_files", "files", "file"];

export const touchedFilesOf = (properties: Properties) => firstList(properties, touchedFileKeys, 20);
