import { describe, expect, expectTypeOf, it } from "vitest";
import { createGenerator } from "./corpus/generator";
import { makePem, vendorTokens } from "./corpus/vendor-tokens";
import { castSecondNet, needsSecondNet } from "./known-formats-net";
import { builtInProfiles } from "./profiles";
import { type Redacted, redactFields } from "./redact-fields";

type Report = {
  project_id: string;
  title?: string;
  excerpt?: string[];
  details?: unknown;
  attempt_count?: number;
};

const { standard } = builtInProfiles;
const fields = { structural: ["project_id"] } as const;

describe("redactFields", () => {
  it("redacts every field but the structural ones, and counts beside each item", async () => {
    const reports: Report[] = [
      {
        project_id: "password=kept",
        title: "password=abc",
        excerpt: ["a", "Authorization: Bearer abc"],
        attempt_count: 2,
      },
      { project_id: "p2", details: { secret: "abc", list: ["pwd=abc"] } },
    ];
    const redacted = await redactFields(reports, fields, standard);
    expect(redacted).toEqual([
      {
        value: {
          project_id: "password=kept",
          title: "password=[redacted:password]",
          excerpt: ["a", "Authorization: Bearer [redacted:authorization]"],
          attempt_count: 2,
        },
        redactions: [
          { kind: "authorization", count: 1 },
          { kind: "password", count: 1 },
        ],
      },
      {
        value: {
          project_id: "p2",
          details: { secret: "[redacted:secret]", list: ["pwd=[redacted:password]"] },
        },
        redactions: [
          { kind: "password", count: 1 },
          { kind: "secret", count: 1 },
        ],
      },
    ]);
    expect(reports[0]?.title).toBe("password=abc");
  });

  it("gives a type nothing else can make", async () => {
    const [first] = await redactFields<Report>([{ project_id: "p" }], fields, standard);
    expectTypeOf(first?.value).toEqualTypeOf<Redacted<Report> | undefined>();
    expectTypeOf<Report>().not.toExtend<Redacted<Report>>();
    expect(await redactFields<Report>([], fields, standard)).toEqual([]);
  });

  it("asks the second net about what the own rules left", async () => {
    // secretlint takes underscores in an npm token, our rule does not.
    const token = `npm${"_"}${"Zq9".repeat(6)}_${"b".repeat(17)}`;
    expect(needsSecondNet(token)).toBe(true);
    const [first] = await redactFields<Report>(
      [{ project_id: "p", title: `x ${token} y` }],
      fields,
      standard,
    );
    expect(first?.value.title).toBe("x [redacted:known_format] y");
    expect(first?.redactions).toEqual([{ kind: "known_format", count: 1 }]);
  });

  it("does not let a reporter switch the net off", async () => {
    const token = `npm${"_"}${"Zq9".repeat(6)}_${"b".repeat(17)}`;
    const net = await castSecondNet([`// secretlint-disable\n${token}`, "plain"]);
    expect(net.ok && net.spans.map((spans) => spans.length)).toEqual([1, 0]);
  });

  it("leaves the net nothing of the formats the own rules know", async () => {
    const random = createGenerator(11);
    const texts = [...vendorTokens.map(({ make }) => `got ${make(random)} here`), makePem(random, "\n").text];
    const redacted = await redactFields<Report>(
      texts.map((title) => ({ project_id: "p", title })),
      fields,
      standard,
    );
    expect(
      redacted.filter(({ redactions }) => redactions.some(({ kind }) => kind === "known_format")),
    ).toEqual([]);
    expect(redacted.filter(({ value }) => needsSecondNet(value.title ?? ""))).toEqual([]);
  });

  it("is idempotent over a batch", async () => {
    const reports: Report[] = [
      {
        project_id: "p",
        title: "https://a:b@c",
        excerpt: ["Cookie: a=b", "x"],
        details: { token: "a1b2c3d4e5f6" },
      },
    ];
    const once = await redactFields(reports, fields, standard);
    const twice = await redactFields(
      once.map(({ value }) => value),
      fields,
      standard,
    );
    expect(twice.map(({ value }) => value)).toEqual(once.map(({ value }) => value));
    expect(twice[0]?.redactions).toEqual([]);
  });
});
