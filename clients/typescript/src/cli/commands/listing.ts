import { iteratePages } from "../../methods/pages.js";
import type { Args } from "../command.js";
import { plural } from "../text.js";

export type Listed<Row> = { rows: Row[]; total: number | undefined };

type Page<Row> = { rows: readonly Row[]; next: string | undefined; total: number | undefined };

/** The newest `--limit` (20), or `--all` of them. */
export async function gather<Row, Query extends { limit?: number; cursor?: string }>(
  args: Args,
  query: Query,
  read: (page: Query) => Promise<Page<Row>>,
): Promise<Listed<Row>> {
  const all = args.flag("all");
  const limit = args.whole("limit", 1) ?? 20;
  const rows: Row[] = [];
  let total: number | undefined;
  const page = async (each: Query) => {
    const answer = await read(each);
    total = answer.total;
    return answer;
  };
  const pageSize = all ? 200 : Math.min(200, limit);
  for await (const row of iteratePages({ ...query, limit: pageSize }, page)) {
    rows.push(row);
    if (!all && rows.length >= limit) break;
  }
  return { rows, total };
}

export function footer({ rows, total }: Listed<unknown>, one: string): string {
  const count = plural(rows.length, one);
  return total !== undefined && total > rows.length ? `${count} of ${total}; --all shows them all` : count;
}
