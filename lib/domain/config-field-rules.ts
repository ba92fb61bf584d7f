import { isRepoSlug, type JsonObject } from "./config";
import type { ConfigChecks, Findings } from "./config-issue";
import { isInside, isSlug, modelPolicyFaults, resolvePath } from "./config-syntax";

/* The rules that fields of several records share. Each says what it found and returns nothing. */

/** An id is a slug and the only one of its list. */
export function validateId(path: string, id: string, seen: Set<string>, found: Findings): void {
  if (!isSlug(id)) {
    found.error(path, "id_invalid", "An id is made of ASCII letters, digits, '.', '_' and '-'.");
  } else if (seen.has(id)) {
    found.error(path, "id_duplicate", `The id ${id} is used twice.`);
  }
  seen.add(id);
}

export function validateMcpServer(
  path: string,
  name: string | undefined,
  checks: ConfigChecks,
  found: Findings,
): void {
  if (name === undefined || !checks.mcpServers || checks.mcpServers.includes(name)) return;
  found.warn(path, "mcp_server_unknown", "This host has no MCP server of that name.");
}

export function validateModelPolicy(path: string, policy: JsonObject | undefined, found: Findings): void {
  for (const fault of policy ? modelPolicyFaults(policy) : []) {
    found.error(`${path}.${fault.path}`, "model_policy_invalid", `${fault.path} ${fault.message}`);
  }
}

export function validateRepo(path: string, repo: string | undefined, found: Findings): void {
  if (repo === undefined || isRepoSlug(repo)) return;
  found.error(path, "repo_invalid", "repo must be owner/repo");
}

/** A folder this host does not allow saves, is unready with that reason, and is never opened (D-34). */
export function warnRootNotAllowed(path: string, root: string, checks: ConfigChecks, found: Findings): void {
  if (!checks.allowedRoots || isInsideAny(checks.allowedRoots, root)) return;
  const message = "This host does not allow that folder: nothing in it is opened.";
  found.warn(path, "workspace_root_not_allowed", message);
}

/** A root itself is allowed, and whatever lies below it. */
function isInsideAny(roots: readonly string[], path: string): boolean {
  return roots.some((allowed) => {
    const root = resolvePath(allowed);
    return root !== null && (root === path || isInside(root, path));
  });
}
