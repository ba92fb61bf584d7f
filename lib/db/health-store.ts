import type { Database } from "./client";

export async function ping(db: Database): Promise<boolean> {
  try {
    await db.pool.query("SELECT 1");
    return true;
  } catch {
    return false;
  }
}
