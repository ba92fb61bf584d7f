import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minimalSummary } from "@/lib/testing/triage-artifacts";
import { byteLength } from "./issue-text";
import { diffSummaries } from "./summary-diff";
import { applyEdits, readSummary } from "./triage-summary";
import { shapedBounds, summaryByteLimit } from "./triage-summary-bounds";
import { fieldsOf, substanceFields, type TriageSummaryInput } from "./triage-summary-fields";

const rows = (count: number, prefix = "row") => Array.from({ length: count }, (_, at) => `${prefix} ${at}`);
const read = (input: TriageSummaryInput) => readSummary(input).summary;

describe("substance", () => {
  it.each<[string, TriageSummaryInput]>([
    ["nothing", {}],
    ["blank texts and rows", { whatHappened: "  \n", logs: ["", " "], suggestedTitle: null }],
    ["entries that say nothing", { fixPoints: [{}, "", [], { path: null }] }],
    ["levels, wishes and notes", { rootCauseConfidence: "high", coderReady: true, notes: "later" }],
    ["an environment and an expectation", { environment: ["prod"], expectedBehavior: "works" }],
  ])("%s: none", (_name, input) => {
    expect(readSummary(input).substance).toBe(false);
  });

  it.each(substanceFields)("%s alone is enough", (field) => {
    const isText = ["suggestedTitle", "whatHappened", "whyItLikelyHappened", "recommendedFix"].includes(
      field,
    );
    expect(readSummary({ [field]: isText ? "x" : ["x"] }).substance).toBe(true);
  });
});

describe("normalising (contract 5.8)", () => {
  it("trims, drops blanks and repeats, and says where each field comes from", () => {
    const summary = read({
      suggestedTitle: "  Settlement fails ",
      acceptanceCriteria: [" a ", "", "a", "b"],
      environment: [],
    });
    expect(summary).toMatchObject({ suggestedTitle: "Settlement fails", acceptanceCriteria: ["a", "b"] });
    expect(summary.origins).toEqual({
      suggestedTitle: "given",
      acceptanceCriteria: "given",
      whatHappened: "synthesised",
      expectedBehavior: "synthesised",
    });
    expect(summary.cut).toEqual([]);
  });

  it.each([
    ["affectedComponents", 20],
    ["likelyFilesToEdit", 30],
    ["stepsToReproduce", 8],
    ["environment", 12],
    ["logs", 20],
    ["acceptanceCriteria", 20],
    ["verificationSteps", 20],
    ["requiredToolScopes", 20],
    ["missingToolScopes", 20],
    ["researchSources", shapedBounds.entries],
  ] as const)("%s: at most %i rows, and what was cut is said", (field, max) => {
    const summary = read({ [field]: rows(max + 7) });
    expect(summary[field]).toHaveLength(max);
    expect(summary.cut).toEqual([{ field, unit: "rows", kept: max, given: max + 7 }]);
  });

  it("a long text is cut, and what was cut is said", () => {
    const summary = read({ recommendedFix: "é".repeat(9_000) });
    expect(summary.recommendedFix).toHaveLength(8_000);
    expect(summary.cut).toEqual([{ field: "recommendedFix", unit: "characters", kept: 8_000, given: 9_000 }]);
  });

  it.each([
    [" HIGH ", "high", "given"],
    ["Medium", "medium", "given"],
    ["certain", "low", undefined],
    [undefined, "low", undefined],
  ] as const)("confidence %j reads as %s", (given, expected, origin) => {
    const summary = read({ rootCauseConfidence: given });
    expect([summary.rootCauseConfidence, summary.origins.rootCauseConfidence]).toEqual([expected, origin]);
  });

  it.each([
    ["Code_Defect", "code_defect"],
    ["bug", "unknown"],
    ["timeout", "timeout"],
  ])("failure type %j reads as %s", (given, expected) => {
    expect(read({ failureType: given }).failureType).toBe(expected);
  });

  it.each([
    ["LOW", "low"],
    ["critical", "medium"],
    [null, "medium"],
  ])("risk %j reads as %s", (given, expected) => {
    expect(read({ riskLevel: given }).riskLevel).toBe(expected);
  });

  it("what happened falls back to the draft's title, then to words that fit any failure", () => {
    expect(readSummary({}, { draftTitle: " Boom\u0000 " }).summary.whatHappened).toBe("Boom");
    expect(readSummary({}).summary.whatHappened).toBe("A failure was reported.");
  });

  it("takes out control characters, reversed reading and half characters, also inside somebody's own shapes", () => {
    const summary = read({
      whatHappened: "a\u0000b\u001b[0m\u202ec\ud800",
      fixPoints: [{ "pa\u0000th": "x\u0007.ts", deep: { deeper: ["y\u202e"] } }],
    });
    expect(summary.whatHappened).toBe("ab[0mc\ufffd");
    expect(summary.fixPoints).toEqual([{ path: "x.ts", deep: { deeper: ["y"] } }]);
  });

  it("keeps somebody's own shape, and leaves out an entry too large to keep", () => {
    const entry = { path: "a.ts", line: 3, tags: ["x"], ok: true, none: null };
    const large = Object.fromEntries(rows(20, "key").map((key) => [key, "v".repeat(900)]));
    const summary = read({ fixPoints: [entry, large] });
    expect(summary.fixPoints).toEqual([entry]);
    expect(summary.cut).toEqual([{ field: "fixPoints", unit: "rows", kept: 1, given: 2 }]);
  });

  it("ends entries nested without end, and a key named __proto__ stays a key", () => {
    let nested: unknown = "deep";
    for (let depth = 0; depth < 5_000; depth += 1) nested = [nested];
    const hostile = JSON.parse('{"__proto__": {"polluted": 1}, "path": "a.ts"}');
    const { fixPoints } = read({ fixPoints: [{ path: "a.ts", nested }, hostile] });
    expect(JSON.stringify(fixPoints)).toContain("left out: nested too deep");
    expect(Object.keys(fixPoints[1] as object)).toEqual(["__proto__", "path"]);
    expect({}).not.toHaveProperty("polluted");
  });

  it("a log's row keeps its indentation", () => {
    expect(read({ logs: ["    at settle (a.ts:1)  "] }).logs).toEqual(["    at settle (a.ts:1)"]);
  });

  it("a model's words are marked, its choices are not", () => {
    const { summary } = readSummary(
      { recommendedFix: "x", riskLevel: "low", coderReady: true },
      { writtenBy: "model" },
    );
    expect(summary.modelText).toEqual(["recommendedFix"]);
  });
});

const anyText = fc.string({ unit: "binary", maxLength: 60 });
const anyRows = fc.array(fc.oneof(anyText, fc.constant("x".repeat(10_000))), { maxLength: 60 });
const anyInput: fc.Arbitrary<TriageSummaryInput> = fc.record(
  {
    suggestedTitle: anyText,
    whatHappened: fc.oneof(anyText, fc.constant("\u20ac".repeat(20_000))),
    recommendedFix: fc.oneof(anyText, fc.constant('"'.repeat(20_000))),
    notes: anyText,
    rootCauseConfidence: fc.constantFrom("high", "x", ""),
    logs: anyRows,
    acceptanceCriteria: anyRows,
    likelyFilesToEdit: anyRows,
    researchSources: fc.array(fc.jsonValue(), { maxLength: 50 }),
    fixPoints: fc.array(fc.constant({ path: "\u20ac".repeat(600) }), { maxLength: 60 }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<TriageSummaryInput>;

describe("laws", () => {
  it("whatever comes in: within the bounds, storable, and reading it again changes nothing", () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const summary = read(input);
        expect(byteLength(JSON.stringify(fieldsOf(summary)))).toBeLessThanOrEqual(summaryByteLimit + 1_000);
        expect(JSON.stringify(summary)).not.toMatch(/\\u0000|\\ud[89a-f]/);
        const again = read(fieldsOf(summary));
        expect(fieldsOf(again)).toEqual(fieldsOf(summary));
      }),
    );
  });

  it("all lists at once are too much: rows go from the largest, and it is said", () => {
    const full = { logs: rows(20, "x".repeat(1_990)), acceptanceCriteria: rows(20, "y".repeat(990)) };
    const points = Array.from({ length: 30 }, (_, at) => ({
      at,
      path: "p".repeat(990),
      why: "w".repeat(900),
    }));
    const summary = read({ ...full, fixPoints: points, fileReferences: points, researchSources: points });
    expect(byteLength(JSON.stringify(fieldsOf(summary)))).toBeLessThanOrEqual(summaryByteLimit);
    expect(summary.cut).toEqual([expect.objectContaining({ field: "all", unit: "bytes" })]);
    expect(summary.acceptanceCriteria).toHaveLength(20);
    expect(summary.fixPoints.length).toBeLessThan(30);
  });
});

describe("edits", () => {
  const found = read({ ...minimalSummary(), environment: ["release: 1.8.2"] });
  found.origins.recommendedFix = "synthesised";
  found.modelText = ["whyItLikelyHappened"];

  it("win over what was found, and the rest stays", () => {
    const { summary, edits } = applyEdits(found, { whyItLikelyHappened: "The importer drops it." });
    expect(summary.whyItLikelyHappened).toBe("The importer drops it.");
    expect(summary.origins.whyItLikelyHappened).toBe("given");
    expect(summary.modelText).toEqual([]);
    expect(summary.logs).toEqual(found.logs);
    expect(edits).toEqual({ whyItLikelyHappened: "The importer drops it." });
  });

  it("a form sent back as it was says nothing: what was synthesised stays that", () => {
    const { summary, edits } = applyEdits(found, fieldsOf(found));
    expect(summary).toEqual(found);
    expect(edits).toEqual({});
  });

  it("a blank edit clears its field", () => {
    const { summary, edits } = applyEdits(found, { recommendedFix: "", logs: [], whatHappened: " " });
    expect(summary).toMatchObject({ recommendedFix: null, logs: [] });
    expect(summary.origins).not.toHaveProperty("logs");
    expect(summary.origins.whatHappened).toBe("synthesised");
    expect(Object.keys(edits)).toEqual(["whatHappened", "logs", "recommendedFix"]);
  });

  it("null takes back a yes or no, and says nothing of any other field", () => {
    const asked = applyEdits(found, { coderReady: true, permissionsAvailable: false }).summary;
    expect(asked).toMatchObject({ coderReady: true, permissionsAvailable: false });
    const { summary, edits } = applyEdits(asked, {
      coderReady: null,
      permissionsAvailable: null,
      notes: null,
    });
    expect(summary).toMatchObject({ coderReady: null, permissionsAvailable: null, notes: asked.notes });
    expect(summary.origins).not.toHaveProperty("coderReady");
    expect(edits).toEqual({ coderReady: null, permissionsAvailable: null });
    expect(applyEdits(found, { coderReady: null }).edits).toEqual({});
  });

  it("are kept over a later run that found something else", () => {
    const { edits } = applyEdits(found, { recommendedFix: "Reject the row.", environment: [] });
    const later = read({ ...minimalSummary(), recommendedFix: "Another one.", environment: ["b"] });
    const { summary } = applyEdits(later, edits);
    expect(summary).toMatchObject({ recommendedFix: "Reject the row.", environment: [] });
  });

  it("by a model are marked", () => {
    const { summary } = applyEdits(found, { recommendedFix: "Reject it." }, { writtenBy: "model" });
    expect(summary.modelText).toEqual(["whyItLikelyHappened", "recommendedFix"]);
  });
});

describe("revisions", () => {
  const before = read(minimalSummary());

  it("name each field that changed, with its rows", () => {
    const { summary: after } = applyEdits(before, {
      acceptanceCriteria: ["Old rows settle.", "New rows settle."],
      riskLevel: "high",
      recommendedFix: "",
    });
    expect(diffSummaries(before, after)).toEqual([
      {
        field: "recommendedFix",
        before: "Default the currency to EUR.",
        after: null,
        beforeOrigin: "given",
        afterOrigin: null,
      },
      {
        field: "acceptanceCriteria",
        before: ["Old rows settle."],
        after: ["Old rows settle.", "New rows settle."],
        beforeOrigin: "given",
        afterOrigin: "given",
        rows: { added: ["New rows settle."], removed: [] },
      },
      { field: "riskLevel", before: "medium", after: "high", beforeOrigin: null, afterOrigin: "given" },
    ]);
  });

  it("the first has everything that it says", () => {
    expect(diffSummaries(null, before).map(({ field }) => field)).toEqual([
      "whatHappened",
      "whyItLikelyHappened",
      "rootCauseConfidence",
      "failureType",
      "expectedBehavior",
      "logs",
      "recommendedFix",
      "acceptanceCriteria",
      "verificationSteps",
      "riskLevel",
    ]);
  });

  it("equal ones differ in nothing, in whatever order they were stored", () => {
    const stored = Object.fromEntries(Object.entries(before).reverse()) as typeof before;
    expect(diffSummaries(before, stored)).toEqual([]);
  });
});
