import { type Silence, type SilenceMatcher, silenceLists } from "@/lib/domain/silence";

const nobody = { kind: "system", id: "test", name: "test" } as const;

/** Says nothing but what is given. */
export const aMatcher = (fields: Partial<SilenceMatcher> = {}): SilenceMatcher => ({
  ...(Object.fromEntries(silenceLists.map((list) => [list, []])) as unknown as Omit<
    SilenceMatcher,
    "matchTitle"
  >),
  matchTitle: null,
  ...fields,
});

/** One hour of `manual` failures from the moment given, whole and in no database. */
export const aSilence = (fields: Partial<Silence> = {}, nowMs = Date.UTC(2026, 5, 29, 12)): Silence => ({
  silenceId: "silence-1",
  matcher: aMatcher({ matchSources: ["manual"] }),
  reason: "Maintenance",
  windows: [],
  version: 1,
  createdBy: nobody,
  updatedBy: null,
  endedBy: null,
  startsAtMs: nowMs,
  expiresAtMs: nowMs + 3_600_000,
  endedAtMs: null,
  createdAtMs: nowMs,
  updatedAtMs: nowMs,
  ...fields,
});
