import { loadConfig } from "@/lib/db/config-store";
import { textPlaces } from "@/lib/db/redaction-places";
import { readRulesVersion } from "@/lib/db/redaction-run-store";
import { estimateRows, readTexts } from "@/lib/db/redaction-text-store";
import { type RedactedPlace, redactedPlaces } from "@/lib/domain/redaction-run";
import { redactionRulesVersion } from "@/lib/redaction/rules-version";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { redactRows } from "./redact-rows";

/** Rows of a place that a preview reads: ids are drawn at random, so the first of them stand for all. */
const sampleMax = 400;
const pageMax = 200;

export type RereadingPreview = {
  /** The rules of this release, and those that everything stored was read by. */
  rulesVersion: number;
  readVersion: number;
  places: Array<{
    place: RedactedPlace;
    /** About how many rows there are; exact where all were read. */
    rows: number;
    examined: number;
    wouldChange: number;
    /** Of those: a digest rests on them, or a legal hold covers them, so they stay as they are. */
    frozen: number;
    held: number;
  }>;
};

/**
 * How much a walk would change, by reading a sample of each place the way the walk does. Changes nothing.
 *
 * @throws AppError forbidden
 */
export async function previewRereading(ctx: Context): Promise<RereadingPreview> {
  await authorize(ctx, "configure", { kind: "redaction", id: "preview", projectId: null });
  const places: RereadingPreview["places"] = [];
  for (const place of redactedPlaces) places.push(await samplePlace(ctx, place));
  return {
    rulesVersion: redactionRulesVersion,
    readVersion: await readRulesVersion(ctx.db),
    places: places.filter(({ examined }) => examined > 0),
  };
}

async function samplePlace(ctx: Context, place: RedactedPlace): Promise<RereadingPreview["places"][number]> {
  const config = await loadConfig(ctx.db);
  const told = { place, rows: 0, examined: 0, wouldChange: 0, frozen: 0, held: 0 };
  let after: string[] = [];
  let more = true;
  while (more && told.examined < sampleMax) {
    const rows = await readTexts(ctx.db, place, { after, limit: pageMax });
    const found = await redactRows(place, rows, config);
    told.examined += rows.length;
    told.wouldChange += found.length;
    if (textPlaces[place].frozen) told.frozen += found.length;
    else told.held += found.filter(({ row }) => row.held).length;
    after = rows.at(-1)?.keys ?? after;
    more = rows.length === pageMax;
  }
  told.rows = more ? Math.max(told.examined, await estimateRows(ctx.db, place)) : told.examined;
  return told;
}
