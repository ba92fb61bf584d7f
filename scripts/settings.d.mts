/** The host settings, checked. See scripts/settings.mjs for the table they come from. */
export type Settings = Readonly<{
  port: number;
  /** Undefined: both loopback addresses. */
  host: string | undefined;
  /** Scheme, host and port, without a slash at the end. */
  publicUrl: string;
  dataDir: string;
  databaseUrl: string | undefined;
  token: string | undefined;
  adminEmail: string;
  adminPassword: string | undefined;
  allowedRoots: readonly string[];
  secretEnvNames: readonly string[];
  /** Empty: no further limit on what a destination's own opt-in allows. */
  privateNetworks: readonly string[];
  /** Scheme, host and port of each; empty: the API answers no other site's pages. */
  corsOrigins: readonly string[];
  /** Without a slash at the end. */
  modelUrl: string | undefined;
  modelKeyRef: string | undefined;
  otelLogsUrl: string | undefined;
  smtp: SmtpSetting | undefined;
  smtpPasswordRef: string | undefined;
  smtpFrom: string | undefined;
  /** Without a slash at the end; the client id is there with it. */
  oidcIssuer: string | undefined;
  oidcClientId: string | undefined;
  oidcClientSecretRef: string | undefined;
  oidcName: string;
  oidcNewUserRole: "viewer" | "triager" | "approver" | "auditor" | undefined;
  /** What the host's MCP file declares (D-34). Commands, env and headers are for whoever connects alone. */
  mcpServers: readonly HostMcpServerSetting[];
  keyPepper: string | undefined;
  /** 32 bytes in base64url; undefined: kept in the data folder. */
  auditKey: string | undefined;
  nextAuthUrl: string;
  nextAuthSecret: string | undefined;
  insecure: boolean;
  deliveryLeaseMs: number;
  workers: boolean;
  firstBoot: FirstBoot;
}>;

export type SmtpSetting = Readonly<{
  host: string;
  port: number;
  /** TLS from the first byte. */
  secure: boolean;
  /** Nothing is said before the connection turned to TLS. */
  requireTls: boolean;
  user: string | null;
}>;

export type HostMcpServerSetting = Readonly<
  { name: string; enabled: boolean; allowedTools: readonly string[] | null } & (
    | {
        transport: "stdio";
        command: string;
        args: readonly string[];
        env: Readonly<Record<string, string>>;
        cwd: string | null;
      }
    | { transport: "http"; url: string; headers: Readonly<Record<string, string>> }
  )
>;

/** Values for the configuration of an empty database; only what was given has a key. */
export type FirstBoot = Readonly<{
  enabled?: boolean;
  paused?: boolean;
  workspaceRoot?: string;
  repo?: string;
  mcpServer?: string;
  providerPreference?: string;
  providerId?: string;
  modelId?: string;
  autoCreateNewIssues?: boolean;
  requireApprovalForNewIssues?: boolean;
  autoCommentOnMatchedOpenIssues?: boolean;
  /** Null is a value: no deadline. */
  triageTimeoutMs?: number | null;
}>;

export class SettingError extends Error {}
export function readSettings(source: Record<string, string | undefined>): Settings;
export function isLoopback(host: string): boolean;
