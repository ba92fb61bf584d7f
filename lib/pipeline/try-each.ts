/**
 * Does `work` for each of them, one after the other: one that fails, and would fail again at every turn, must not keep those
 * behind it from theirs.
 *
 * @throws the first failure, after all of them were tried.
 */
export async function tryEach<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
