import type { Transaction } from "./transaction";

/**
 * Lets go what was held while its project, or everything, was paused (D-15). null lets nothing go. Records bound to no
 * project, or to one that is no longer configured, wait for the monitor alone.
 */
export async function releaseHeld(tx: Transaction, flowingProjects: readonly string[] | null): Promise<void> {
  if (flowingProjects === null) return;
  const flows = [...flowingProjects];
  for (const table of ["drafts", "incidents"]) {
    await tx.$executeRawUnsafe(
      `UPDATE ${table} t SET held = false WHERE t.held AND (t.project_id IS NULL OR t.project_id = ANY($1)
         OR NOT EXISTS (SELECT 1 FROM monitored_projects p WHERE p.id = t.project_id))`,
      flows,
    );
  }
}
