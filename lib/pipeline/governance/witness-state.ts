import {
  listWitnessPostings,
  loadWitnessSettings,
  type WitnessPosting,
  type WitnessSettings,
} from "@/lib/db/audit-witness-store";
import type { Context } from "../context";
import { readConfig } from "../settings/get-config";

export type WitnessState = {
  settings: WitnessSettings;
  /** Webhook destinations that could be one. */
  destinations: Array<{ destinationId: string; name: string }>;
  postings: WitnessPosting[];
  lastSent: WitnessPosting | null;
};

const postingsShown = 10;

/** Who is told of checkpoints, and what became of it. For verbs that have authorized. */
export async function readWitness(ctx: Context): Promise<WitnessState> {
  const [settings, config, postings, sent] = await Promise.all([
    loadWitnessSettings(ctx.db),
    readConfig(ctx),
    listWitnessPostings(ctx.db, postingsShown),
    listWitnessPostings(ctx.db, 1, true),
  ]);
  const destinations = config.destinations
    .filter((row) => row.kind === "webhook")
    .map(({ destinationId, name }) => ({ destinationId, name }));
  return { settings, destinations, postings, lastSent: sent[0] ?? null };
}
