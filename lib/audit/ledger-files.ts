import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The signing key, and the one it is being replaced with until the ledger says so. */
export const seedFiles = ["audit-key", "audit-key-next"] as const;
export const checkpointFile = "audit-checkpoint.txt";

/** What the ledger keeps in the data folder: its seeds, under `secrets`, and the newest checkpoint that was seen. */
export function ledgerFiles(dataDir: string, givenSeed: string | undefined) {
  const checkpoint = join(dataDir, checkpointFile);
  return {
    seeds: (): string[] => {
      if (givenSeed) return [givenSeed];
      return seedFiles.flatMap((name) => readText(join(dataDir, "secrets", name)) ?? []);
    },
    remembered: (): string | null => readText(checkpoint, false),
    remember: (note: string): void => {
      // Whole or not at all: another process of this folder may write it at the same time.
      const partial = `${checkpoint}.${process.pid}`;
      mkdirSync(dirname(checkpoint), { recursive: true });
      writeFileSync(partial, note, { mode: 0o644 });
      renameSync(partial, checkpoint);
    },
  };
}

function readText(file: string, trimmed = true): string | null {
  try {
    const text = readFileSync(file, "utf8");
    return (trimmed ? text.trim() : text) || null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
