import type { Issue } from "./config-issue";
import { checkWebhookUrl, isSecretReference } from "./config-syntax";
import type { McpServer } from "./mcp";

export type McpServerSettings = Pick<
  McpServer,
  "name" | "url" | "enabled" | "allowedTools" | "authHeader" | "authRef"
>;

const namePattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
export const panelServersMax = 50;
const toolsMax = 500;
/** Framing and the protocol's own; a server's row may not set them. */
const reservedHeaders =
  /^(?:connection|content-length|content-type|accept|accept-encoding|host|te|trailer|transfer-encoding|upgrade|user-agent|mcp-.*|proxy-.*)$/i;

const urlFaults = {
  url_invalid: "is not a URL",
  url_scheme: "must be an https (or http) URL",
  url_credentials: "must not carry a user name or password; use auth_ref",
  url_masked: "is the shortened form that is shown to those who may not configure; give the whole URL",
};

/** What keeps a server's settings from being saved, in wire words. Whether the address may be reached is readiness. */
export function mcpSettingsIssues(settings: McpServerSettings): Issue[] {
  const issues: Issue[] = [];
  const say = (path: string, code: string, message: string) => issues.push({ path, code, message });
  if (!namePattern.test(settings.name)) {
    say("name", "name_invalid", "A name is 1 to 64 letters, digits, - and _.");
  }
  const url = checkWebhookUrl(settings.url ?? "");
  if (!url.ok) say("url", url.code, `url ${urlFaults[url.code]}`);
  if (settings.allowedTools && settings.allowedTools.length > toolsMax) {
    say("allowed_tools", "list_too_long", `At most ${toolsMax} tools can be listed.`);
  }
  if (settings.allowedTools?.some((each) => each.trim() === "" || each.length > 300)) {
    say(
      "allowed_tools",
      "tool_name_invalid",
      "An entry is `*`, a tool's name, mcp.<server>.<tool> or mcp.<server>.*.",
    );
  }
  if (!/^[A-Za-z0-9-]{1,100}$/.test(settings.authHeader) || reservedHeaders.test(settings.authHeader)) {
    say(
      "auth_header",
      "header_invalid",
      "This header cannot be set; authorization and x-api-key are the usual ones.",
    );
  }
  if (settings.authRef !== null && !isSecretReference(settings.authRef)) {
    say("auth_ref", "secret_reference_invalid", "Write env:NAME, a bare NAME in capitals, or file:name.");
  }
  return issues;
}

/** Is it another place, so that its secret has to be named again (D-33) and its inspection no longer holds? */
export function leadsElsewhere(stored: string | null, url: string | null): boolean {
  const before = checkWebhookUrl(stored ?? "");
  const after = checkWebhookUrl(url ?? "");
  return !before.ok || !after.ok || before.origin !== after.origin;
}
