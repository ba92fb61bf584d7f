import { Fact, Facts } from "@/components/layout/facts";
import { RedactedText } from "@/components/state/redacted-text";
import { Disclosure } from "./disclosure";
import { counted } from "./draft-words";
import type { Field } from "./parse-detail";

/** The report's own fields, folded: they are in the payload and seldom the point. */
export function ReportedFields({ fields }: { fields: readonly Field[] }) {
  if (fields.length === 0) return null;
  return (
    <Disclosure summary={counted(fields.length, "reported field")}>
      <Facts className="pt-1 pl-4.5 [--term:128px]">
        {fields.map(({ name, value }) => (
          <Fact key={name} term={<code>{name}</code>} mono>
            <RedactedText text={value} />
          </Fact>
        ))}
      </Facts>
    </Disclosure>
  );
}
