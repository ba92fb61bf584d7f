import type { Database } from "@/lib/db/client";
import type { AdapterContext } from "@/lib/destinations/destination";
import type { SecretResolution } from "@/lib/destinations/secret-reference";
import type { Actor } from "@/lib/domain/actor";
import type { McpClient, McpServer } from "@/lib/domain/mcp";
import type { Mailer } from "@/lib/domain/notification";
import type { TestReceiver } from "@/lib/domain/test-receiver";

/** Everything a verb is given besides its input. Made once per request, action or tick. */
export type Context = {
  actor: Actor;
  db: Database;
  nowMs: number;
  requestId: string | null;
  services: Services;
};

export type LedgerKeeping = {
  /** Seeds of signing keys that this host holds, the one in use first. Read anew: a key may be rotated meanwhile. */
  seeds: () => readonly string[];
  /** The newest checkpoint this host has seen, as a signed note; null while there is none. */
  remembered: () => string | null;
  remember: (note: string) => void;
};

/** Process-wide collaborators of the verbs. Values from the environment arrive here, never by reading it. */
export type Services = {
  /** Resolves a secret reference to its live values, newest first (D-33). */
  resolveSecret: (reference: string) => SecretResolution;
  /** CIDR blocks the host allows destinations to reach (D-34). */
  privateNetworks: readonly string[];
  /** Folders under which a workspace root may lie (D-34); left out, saving a root says nothing about it. */
  allowedRoots?: readonly string[];
  /** Folders in which no log is opened, whatever the roots: the monitor's own (D-34). */
  refusedFolders?: readonly string[];
  /** The only outbound HTTP (D-35). */
  fetch: AdapterContext["fetch"];
  /** Speaks to MCP servers; left out, none can be called. */
  mcp?: McpClient;
  /** The MCP servers of the host's file (D-34), without what only a connection needs. */
  hostMcpServers?: ReadonlyArray<
    Pick<McpServer, "name" | "transport" | "declaredBy" | "url" | "enabled" | "allowedTools" | "identity">
  >;
  /** Keys the hash of intake keys and tokens; from the data folder, never stored in the database. */
  pepper: string;
  random: () => number;
  /** What the audit ledger keeps outside the database; left out, nothing is sealed by this process. */
  ledger?: LedgerKeeping;
  /** The model endpoint that the host names (D-34), and the secret reference of its key; left out, none is asked. */
  model?: { url: string; keyRef: string | null };
  /** Where telemetry files lie, and the collector that the host names (D-34); nothing is handed on without it. */
  telemetry?: { folder: string; otelLogsUrl?: string };
  /** The receiver inside this product, at the address the host listens on; left out, nothing is sent to it. */
  testReceiver?: TestReceiver;
  /** Sends mail over the host's SMTP server (D-34); left out, no mail is sent. */
  mailer?: Mailer;
  /** Where people reach the panel: what links in messages begin with. */
  publicUrl?: string;
  /** Aborted when the process is told to stop: whoever waits for something answers with what there is. */
  stopping?: AbortSignal;
};
