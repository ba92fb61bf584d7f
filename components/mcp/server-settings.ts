import type { McpServerWire } from "@/lib/contracts/mcp-server";

export type ServerSettings = {
  name: string;
  url: string;
  enabled: boolean;
  allowed_tools: string[] | null;
  auth_header: string;
  auth_ref: string | null;
};

export function settingsOf(server: McpServerWire | null): ServerSettings {
  return {
    name: server?.name ?? "",
    url: server?.url ?? "",
    enabled: server?.enabled ?? true,
    allowed_tools: server ? server.allowed_tools : null,
    auth_header: server?.auth_header ?? "authorization",
    auth_ref: server?.auth_ref ?? null,
  };
}

type Faults = Partial<Record<keyof ServerSettings, string>>;

const referenceForm = /^(?:env:(?:\/\/)?[A-Z0-9_]+|\$\{env:[A-Z0-9_]+\}|[A-Z0-9_]+|file:[\w-][\w.-]*)$/;

/** What can be said while it is typed. The server judges again, and whether the address may be reached is seen by inspecting. */
export function settingsFaults(settings: ServerSettings, takenNames: readonly string[]): Faults {
  const faults: Faults = {};
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(settings.name.trim())) {
    faults.name = "1 to 64 letters, digits, - and _";
  } else if (takenNames.includes(settings.name.trim())) faults.name = "Another server has this name";
  const url = URL.canParse(settings.url.trim()) ? new URL(settings.url.trim()) : null;
  if (!url || !/^https?:$/.test(url.protocol)) faults.url = "Write https://host/path";
  else if (url.username || url.password)
    faults.url = "Take out the user name and password; name a secret below";
  if (settings.auth_ref && !referenceForm.test(settings.auth_ref.trim())) {
    faults.auth_ref = "Write env:NAME in capitals, or file:name. Do not paste the secret";
  }
  return faults;
}
