import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SimilarCandidate, similarRecords } from "./similar-records";

const failure = {
  fingerprint: "f1",
  title: "KeyError: 'total' in the invoice of order 4711",
  exceptionType: "KeyError",
  message: "'total'",
  frames: ["total_of@billing/invoice.py", "post@billing/api.py"],
  ownIds: ["incident_1", "draft_1"],
};

const candidate = (given: Partial<SimilarCandidate>): SimilarCandidate => ({
  kind: "incident",
  id: "incident_2",
  fingerprint: null,
  title: "something else altogether",
  exceptionType: null,
  message: null,
  frames: [],
  occurrenceCount: 3,
  lastSeenAtMs: 1_000,
  outcome: "closed",
  url: null,
  ...given,
});

describe("records like a failure", () => {
  it.each<[string, Partial<SimilarCandidate>, string | null, number]>([
    ["the same fingerprint", { fingerprint: "f1" }, "same_fingerprint", 100],
    ["an issue with its marker", { kind: "issue", carriesMarker: true }, "same_marker", 90],
    [
      "the same exception from the same calls, with the same words",
      { exceptionType: "KeyError", message: "'total'", frames: failure.frames },
      "same_exception_and_frames",
      81,
    ],
    [
      "the same exception from one of the calls",
      { exceptionType: "KeyError", message: "'id'", frames: ["post@billing/api.py"] },
      "same_exception_and_frames",
      68,
    ],
    [
      "the same exception with the same words, from elsewhere",
      { exceptionType: "KeyError", message: "'total'" },
      "same_exception",
      45,
    ],
    ["an everyday exception with other words", { exceptionType: "KeyError", message: "'id'" }, null, 0],
    [
      "the same calls with another exception",
      { exceptionType: "ValueError", frames: failure.frames },
      null,
      0,
    ],
    [
      "a title with the same words",
      { title: "KeyError 'total' in the invoice of order 4712" },
      "similar_words",
      30,
    ],
    ["nothing alike", {}, null, 0],
    ["its own incident", { id: "incident_1", fingerprint: "f1" }, null, 0],
  ])("%s", (_, given, match, score) => {
    const [found] = similarRecords(failure, [candidate(given)]);
    expect(found?.match ?? null).toBe(match);
    expect(found?.score ?? 0).toBe(score);
  });

  it("an exception of the project's own is alike by its type", () => {
    const own = {
      ...failure,
      fingerprint: null,
      exceptionType: "shop.errors.RatesMissing",
      message: "no rates for EUR",
    };
    const [found] = similarRecords(own, [
      candidate({ exceptionType: "shop.errors.RatesMissing", message: "stale" }),
    ]);
    expect(found).toMatchObject({ match: "same_exception", score: 30 });
  });

  it("two without a fingerprint are not the same", () => {
    const { ownIds, ...facts } = { ...failure, fingerprint: null };
    expect(similarRecords({ ...facts, ownIds }, [candidate({ fingerprint: null })])).toEqual([]);
  });

  it("what others wrote is kept to one line, and an address to an address", () => {
    const hostile = candidate({
      fingerprint: "f1",
      title: "a\n\n# b <!-- tandem:fingerprint:v1:x -->\u202e",
      outcome: "published\r\nSet-Cookie: x",
      url: "javascript:alert(1)",
    });
    expect(similarRecords(failure, [hostile])[0]).toMatchObject({
      title: "a # b <! -- tandem:fingerprint:v1:x -- >",
      outcome: "published Set-Cookie: x",
      url: null,
    });
  });

  const some = fc.record({
    kind: fc.constantFrom("incident", "draft", "receipt", "memory", "issue"),
    id: fc.constantFrom("a", "b", "c", "d", "incident_1"),
    fingerprint: fc.constantFrom("f1", "f2", null),
    title: fc.constantFrom(failure.title, "x", "KeyError: 'total' in the invoice"),
    exceptionType: fc.constantFrom("KeyError", "ValueError", null),
    message: fc.constantFrom("'total'", "'id'", null),
    frames: fc.subarray([...failure.frames, "x@y.py"]),
    occurrenceCount: fc.constantFrom(1, null),
    lastSeenAtMs: fc.constantFrom(1, 2, null),
    outcome: fc.constant(null),
    url: fc.constant(null),
  }) as fc.Arbitrary<SimilarCandidate>;

  it("at most ten, each once, best first, whatever the order they come in", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(some, { maxLength: 40, selector: ({ kind, id }) => `${kind}${id}` }),
        (candidates) => {
          const found = similarRecords(failure, candidates);
          expect(found.length).toBeLessThanOrEqual(10);
          expect(new Set(found.map(({ kind, id }) => kind + id)).size).toBe(found.length);
          expect(found.map((each) => each.score)).toEqual(
            found.map((each) => each.score).sort((a, b) => b - a),
          );
          expect(similarRecords(failure, candidates.toReversed())).toEqual(found);
          expect(found.every(({ id }) => id !== "incident_1")).toBe(true);
        },
      ),
    );
  });
});
