import { expect, it } from "vitest";
import { mcpPlaceholders } from "@/lib/contracts/mcp-server";
import { Unknown } from "@/lib/domain/json-schema";
import { mappingOutline, placeholderNames } from "@/lib/domain/mcp-placeholders";

it("the panel offers the placeholders that publishing knows, by the type they give", () => {
  const offered: string[] = Object.values(mcpPlaceholders).flat();
  expect([...offered].sort()).toEqual([...placeholderNames].sort());
  for (const [type, names] of Object.entries(mcpPlaceholders)) {
    const { outline } = mappingOutline(Object.fromEntries(names.map((name) => [name, name])));
    expect(Object.values(outline as object)).toEqual(names.map(() => new Unknown(type as "string")));
  }
});
