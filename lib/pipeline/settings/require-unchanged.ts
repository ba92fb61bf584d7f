import type { ConfigResource } from "@/lib/domain/config-resource";
import { decidePrecondition, type Preconditions } from "@/lib/domain/precondition";
import { AppError } from "../errors";
import { contentTag } from "./content-tag";

/** @throws AppError conflict `config_stale` | `config_exists` with the row's present tag (null when there is none) */
export function requireUnchanged(conditions: Preconditions, current: ConfigResource | null): void {
  const tag = current && contentTag(current);
  const decision = decidePrecondition(conditions, tag);
  if (decision.ok) return;
  const context = { current_etag: tag && `"${tag}"` };
  if (decision.reason === "exists") {
    throw new AppError("conflict", "config_exists", "There is one already.", context);
  }
  throw new AppError("conflict", "config_stale", "It has changed since you read it.", context);
}
