import type { ProblemWire } from "./problem";

/** What a server action answers: never a throw, since the framework would hide what went wrong from the person. */
export type ActionResult<T> = { ok: true; data: T } | { ok: false; status: number; problem: ProblemWire };
