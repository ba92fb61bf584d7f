export type Cluster = {
  /** Of the application's database, as the role that owns it. */
  url: string;
  urlFor(database: string): string;
  port: number;
  pid: number;
  /** It was running already, left behind by a process that was killed. */
  adopted: boolean;
  home: string;
  /** Out of the application role's hands, and back for a migration. False where there is no ledger yet. */
  protectLedger(): Promise<boolean>;
  releaseLedger(): Promise<boolean>;
  stop(): Promise<void>;
};

export const appName: string;
export function openCluster(options: {
  dataDir: string;
  durable?: boolean;
  onProgress?: (message: string) => void;
}): Promise<Cluster>;
export function removeCluster(dataDir: string, home: string): void;
