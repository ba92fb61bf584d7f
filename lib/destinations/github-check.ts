import type { PublishOutcome, PublishRequest } from "@/lib/domain/delivery";
import { reason } from "@/lib/domain/reason";
import type { GithubConfig } from "./github-config";
import { exchangeOf, readJson } from "./github-outcome";
import { checkOperation } from "./github-payload";
import { failureOf } from "./github-search";
import type { SignedIn } from "./github-sign-in";

/**
 * What Test does: reads the repository and one page of its issues, and makes nothing. What GitHub does not tell beforehand (a
 * token's right to write issues) shows at the first delivery.
 */
export async function checkRepository(
  config: GithubConfig,
  { client, permissions }: SignedIn,
  request: PublishRequest,
  nowMs: number,
): Promise<PublishOutcome> {
  const reply = await client({ route: "GET /repos/{owner}/{repo}" });
  const repository = readJson(reply) as Record<string, unknown> | null;
  if (repository === null || typeof repository !== "object") return failureOf(reply, nowMs);
  const exchange = exchangeOf(reply);
  const refuse = (code: string, words: string): PublishOutcome => ({
    outcome: "rejected",
    reason: reason(code, words),
    exchange,
  });
  if (repository.archived === true)
    return refuse("repo_archived", "The repository is archived: it takes no issues.");
  if (repository.has_issues === false) {
    return refuse("issues_disabled", "Issues are switched off in this repository.");
  }
  if (permissions && permissions.issues !== "write") {
    return refuse("permission_missing", "The GitHub App's installation lacks Issues: read and write.");
  }
  const listed = await client({
    route: "GET /repos/{owner}/{repo}/issues",
    parameters: { state: "all", per_page: 1 },
  });
  if (!Array.isArray(readJson(listed))) return failureOf(listed, nowMs);
  return {
    outcome: "published",
    operation: checkOperation,
    externalTitle: "Repository check",
    receipt: {
      provider: "github",
      operation: checkOperation,
      status: "checked",
      test: true,
      target_ref: request.targetRef,
      delivery_id: request.deliveryId,
      repo: config.slug,
      is_private: repository.private === true,
      can_label: canLabel(repository.permissions),
    },
    exchange,
  };
}

/** Labels and assignees of somebody without these rights are dropped by GitHub without a word. Null where it does not say. */
function canLabel(permissions: unknown): boolean | null {
  if (permissions === null || typeof permissions !== "object") return null;
  const rights = permissions as Record<string, unknown>;
  return ["triage", "push", "maintain", "admin"].some((name) => rights[name] === true);
}
