import { Disclosure } from "@/components/drafts/disclosure";
import { CodeBlock } from "@/components/layout/code-block";
import { Fact, Facts } from "@/components/layout/facts";

/** What an entry says besides, as terms and values; the whole as JSON on demand. */
export function DetailFacts({ detail }: { detail: Record<string, unknown> }) {
  const rows = Object.entries(detail);
  if (rows.length === 0) return <p className="text-muted-foreground">Nothing besides.</p>;
  const json = JSON.stringify(detail, null, 2);
  return (
    <>
      <Facts className="[--term:144px] max-sm:[--term:112px]">
        {rows.map(([name, value]) => (
          <Fact key={name} term={name.replaceAll("_", " ")}>
            {valueWords(value)}
          </Fact>
        ))}
      </Facts>
      <Disclosure summary="As JSON">
        <CodeBlock label="Detail as JSON" copy={json}>
          {json}
        </CodeBlock>
      </Disclosure>
    </>
  );
}

/** Plain values as they are, what is nested by how much it holds. */
function valueWords(value: unknown): string {
  if (value === null || value === undefined || value === "") return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return value.toLocaleString("en-GB");
  if (typeof value === "string") return value;
  if (Array.isArray(value)) {
    const isPlain = value.every((each) => typeof each === "string" || typeof each === "number");
    return isPlain && value.length <= 6 ? value.join(", ") || "none" : `${value.length} items`;
  }
  const names = Object.keys(value as object);
  return names.length === 0 ? "none" : names.join(", ");
}
