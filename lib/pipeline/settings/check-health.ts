import type { Database } from "@/lib/db/client";
import { ping } from "@/lib/db/health-store";

/** Does the database answer? Needs no actor: it says nothing but yes or no. */
export async function checkHealth(db: Database): Promise<boolean> {
  return ping(db);
}
