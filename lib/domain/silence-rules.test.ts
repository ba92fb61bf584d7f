import { describe, expect, it } from "vitest";
import { aMatcher } from "@/lib/testing/silences";
import { normaliseSilence, type SilenceWish, silenceIssues } from "./silence-rules";

const nowMs = Date.UTC(2026, 5, 29, 12);
const hour = 3_600_000;
const day = 24 * hour;
const aWish = (fields: Partial<SilenceWish> = {}): SilenceWish => ({
  matcher: aMatcher({ matchSources: ["ci"] }),
  reason: "Maintenance",
  windows: [],
  startsAtMs: nowMs,
  expiresAtMs: nowMs + hour,
  ...fields,
});
const aWindow = { zone: "Europe/Berlin", from: "22:00", to: "06:00" };

describe("what may be saved", () => {
  it.each<[string, Partial<SilenceWish>, string[]]>([
    ["an hour of one source", {}, []],
    ["90 days", { expiresAtMs: nowMs + 90 * day }, []],
    ["more than 90 days", { expiresAtMs: nowMs + 90 * day + 1 }, ["expires_at_ms silence_too_long"]],
    ["a past end", { expiresAtMs: nowMs }, ["expires_at_ms silence_expired"]],
    [
      "an end before the start",
      { startsAtMs: nowMs + 2 * hour },
      ["expires_at_ms silence_ends_before_start"],
    ],
    ["a start in the past", { startsAtMs: nowMs - day }, []],
    ["everything", { matcher: aMatcher() }, ["matcher silence_matches_everything"]],
    ["a title of stars is something said", { matcher: aMatcher({ matchTitle: "*" }) }, []],
    ["no reason", { reason: " " }, ["reason silence_reason_required"]],
    ["a night", { windows: [aWindow], expiresAtMs: nowMs + day }, []],
    [
      "an unknown zone",
      { windows: [{ ...aWindow, zone: "Mars/Olympus" }] },
      ["windows[0].zone silence_window_invalid"],
    ],
    [
      "no times of day",
      { windows: [{ ...aWindow, from: "24:00", to: "25:00" }] },
      ["windows[0].from silence_window_invalid", "windows[0].to silence_window_invalid"],
    ],
    [
      "a window without a minute",
      { windows: [{ ...aWindow, to: "22:00" }] },
      ["windows[0].to silence_window_invalid"],
    ],
    [
      "windows that never open in time",
      { windows: [{ ...aWindow, days: ["wed"] }] },
      ["windows silence_never_holds"],
    ],
  ])("%s", (_, fields, expected) => {
    const found = silenceIssues(normaliseSilence(aWish(fields)), nowMs);
    expect(found.map(({ path, code }) => `${path} ${code}`)).toEqual(expected);
    for (const { message } of found) expect(message).not.toBe("");
  });
});

it("is stored trimmed, without repeats and blanks, and never changes by being normalised again", () => {
  const once = normaliseSilence(
    aWish({
      matcher: aMatcher({ matchSources: [" ci ", "ci", ""], matchTitle: "  nightly * " }),
      reason: "  See\u0000 CHG-204 ",
      windows: [
        { ...aWindow, days: ["mon", "mon"] },
        { ...aWindow, days: [] },
      ],
    }),
  );
  expect(once.matcher).toEqual(aMatcher({ matchSources: ["ci"], matchTitle: "nightly *" }));
  expect(once.reason).toBe("See\uFFFD CHG-204");
  expect(once.windows).toEqual([{ ...aWindow, days: ["mon"] }, aWindow]);
  expect(normaliseSilence(once)).toEqual(once);
  expect(normaliseSilence(aWish({ matcher: aMatcher({ matchTitle: " " }) })).matcher.matchTitle).toBeNull();
});
