import { once } from "node:events";

const pageEntries = 2_000;

/** Writes what `GET /audit/ledger/export` answers, straight from the database, as of one moment. Answers how many entries. */
export async function writeExport(tool, client, after, out) {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  const source = tool.ledgerSource(client);
  const [keys, newest] = [await source.keys(), await source.newestCheckpoint()];
  if (after > (newest?.size ?? 0)) throw new Error(`the ledger has ${newest?.size ?? 0} sealed entries`);
  if (!newest) return 0;
  const writeText = async (text) => {
    if (!out.write(text)) await once(out, "drain");
  };
  const write = (value) => writeText(`${JSON.stringify(value)}\n`);
  const origin = keys[0].name;
  await write({
    ...{ type: "ledger", format: tool.exportFormat, origin, after },
    frontier: await frontierOf(tool, client, after),
    keys: keys.map(tool.keyToWire),
    exported_at_ms: Date.now(),
  });
  let at = after;
  for (;;) {
    const { rows, entryOf, last, checkpoints } = await source.page({ after: at, limit: pageEntries });
    if (last === null) break;
    let next = 0;
    let page = "";
    for (const row of rows) {
      const entry = entryOf(row);
      page += `${tool.entryLine(entry)}\n`;
      for (; checkpoints[next]?.size <= entry.sequence; next++)
        page += `${JSON.stringify(tool.checkpointLine(checkpoints[next]))}\n`;
    }
    await writeText(page);
    at = last;
  }
  await write({ type: "end", size: at, entries: at - after, checkpoint: tool.noteOf(origin, newest) });
  return at - after;
}

async function frontierOf(tool, client, size) {
  const ranges = tool.frontierRanges(size);
  const tiles = await tool.loadTiles(client, tool.tilesOfRanges(ranges));
  const byKey = new Map(tiles.map((tile) => [tool.tileKey(tile), tile.hashes]));
  return ranges.map((range) => tool.toHex(tool.hashRange(tool.sha256, byKey, range)));
}
