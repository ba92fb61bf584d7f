import type { Destination } from "./config";
import type { ApproverPerson, NamingConfig } from "./config-validate-approvers";

/** One thing wrong with a configuration, or worth knowing. `path` is in wire words: `destinations[1].webhook_url`. */
export type Issue = { path: string; code: string; message: string };

/** What validation is told about the world, since it can look at none of it itself. */
export type ConfigChecks = {
  /** The configuration being replaced; null for a first one. */
  stored?: StoredDestinations | null;
  /** The same, for whom it names: what stood there before is nobody's mistake now. */
  storedNames?: NamingConfig;
  secretState?: (reference: string) => "set" | "unset" | "refused";
  /** Folders of the host under which a workspace root may lie (D-34). Left out: not known, nothing is said. */
  allowedRoots?: readonly string[];
  /** Names of the MCP servers of this deployment. Left out: not known, nothing is said. */
  mcpServers?: readonly string[];
  /** What a tool that a row calls does not take of its mapping, as last inspected; paths below the row. */
  mcpFaults?: (row: Destination) => Issue[];
  /** A person by id; null when there is none. Left out: not known, nothing is said of people. */
  personOf?: (userId: string) => ApproverPerson | null;
};

type StoredDestinations = {
  destinations: readonly { destinationId: string; webhookUrl?: string; webhookSecretRef?: string }[];
};

/** Collects as it goes; each part of validation is given the same one. */
export class Findings {
  readonly errors: Issue[] = [];
  readonly warnings: Issue[] = [];

  error(path: string, code: string, message: string): void {
    this.errors.push({ path, code, message });
  }

  warn(path: string, code: string, message: string): void {
    this.warnings.push({ path, code, message });
  }
}
