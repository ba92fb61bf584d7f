type Query = { limit?: number; cursor?: string };

/** Rows of one page after another until there is no next one. The largest pages, unless the query says otherwise. */
export async function* iteratePages<Row, Q extends Query>(
  query: Q,
  read: (page: Q) => Promise<{ rows: readonly Row[]; next: string | undefined }>,
): AsyncGenerator<Row> {
  let cursor = query.cursor;
  for (;;) {
    const { rows, next } = await read({ limit: 200, ...query, ...(cursor !== undefined && { cursor }) });
    yield* rows;
    // A cursor that does not move would be read forever.
    if (!next || next === cursor) return;
    cursor = next;
  }
}
