import { expect, it } from "vitest";
import { configDatabase, refusal } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { testRedaction } from "./test-redaction";

const { context, patch, auditEntries, db } = configDatabase();
const text = "POST failed for ada@example.com, Authorization: Bearer 0123456789abcdefABCDEF0123456789";

it("says what would be left of a text, and of which kind what is gone was", async () => {
  const standard = await testRedaction(context(), { text });
  expect(standard).toMatchObject({ profile: "standard", profileKnown: true });
  expect(standard.text).toContain("ada@example.com");
  expect(standard.text).not.toContain("0123456789abcdef");
  expect(standard.redactions).toHaveLength(1);

  const strict = await testRedaction(context(), { text, profile: "strict" });
  expect(strict.text).not.toContain("ada@example.com");
  expect(strict.redactions).toHaveLength(2);
});

it("uses the deployment's profile when none is named, and the strictest for a name nobody knows", async () => {
  await patch({ safety_defaults: { redaction_profile: "strict" } });
  expect(await testRedaction(context(), { text, profile: " " })).toMatchObject({ profile: "strict" });
  const unknown = await testRedaction(context(), { text, profile: "lenient" });
  expect(unknown).toMatchObject({ profile: "strict", profileKnown: false });
});

it("keeps nothing of the text anywhere", async () => {
  const mark = "distinct-text-that-nobody-else-writes";
  await testRedaction(context(), { text: `${mark} token=${mark}` });
  expect(await auditEntries()).toEqual([]);
  const { rows: tables } = await db().pool.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
  );
  expect(tables.length).toBeGreaterThan(10);
  for (const { name } of tables) {
    const { rows } = await db().pool.query(`SELECT 1 FROM "${name}" AS row WHERE row::text LIKE $1`, [
      `%${mark}%`,
    ]);
    expect(rows, name).toEqual([]);
  }
});

it.each([
  ["a viewer", actors.viewer()],
  ["an agent token", actors.agentToken()],
  ["a scoped key", actors.intakeKey()],
])("%s may not, and the refusal does not repeat the text", async (_, actor) => {
  const error = await refusal(testRedaction(context(actor), { text }));
  expect(error.kind).toBe("forbidden");
  expect(JSON.stringify([error.message, error.context, await auditEntries()])).not.toContain("0123456789");
});
