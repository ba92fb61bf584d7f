import type { Database } from "@/lib/db/client";
import type { OidcClient } from "@/lib/domain/oidc";
import type { Services } from "@/lib/pipeline/context";

/** What is one per process, made by the entry (server.ts, the worker, Next's instrumentation) and found by everybody else. */
export type Process = {
  db: Database;
  services: Services;
  /** Signs the session cookie. */
  authSecret: string;
  /** Where people reach the panel; an https one makes cookies secure. */
  publicUrl: string;
  /** The OpenID Connect provider of this host (D-34); left out, people sign in by password alone. */
  oidc?: OidcClient;
  /** Other sites whose pages may call the API with a token of their own; none when left out. */
  corsOrigins?: readonly string[];
};

const slot = Symbol.for("incident-monitor.process");
type Holder = { [slot]?: Process };

export function installProcess(process: Process): void {
  (globalThis as Holder)[slot] = process;
}

export function isProcessInstalled(): boolean {
  return (globalThis as Holder)[slot] !== undefined;
}

/** server.ts and Next are bundled apart but share globalThis. @throws Error when nothing was installed yet */
export function currentProcess(): Process {
  const installed = (globalThis as Holder)[slot];
  if (!installed)
    throw new Error("the process has not been started: no entry installed its database and services");
  return installed;
}
