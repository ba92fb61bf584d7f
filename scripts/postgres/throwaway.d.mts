import type { Cluster } from "../postgres.mjs";

export function openThrowawayCluster(options: {
  label: string;
  onProgress?: (message: string) => void;
}): Promise<Cluster & { dataDir: string; remove(): Promise<void> }>;
